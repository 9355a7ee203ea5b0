payments-menu-mine = Thanh toán
payments-menu-desk = Thu phí, lệ phí
payments-menu-list = Khoản thu
permission-payments-read = Xem khoản thu
permission-payments-collect = Thu tiền, xác nhận tiền về
permission-payments-refund = Xác nhận đã hoàn tiền

payments-state-open = Chờ nộp
payments-state-paying = Đang thanh toán
payments-state-paid = Đã nộp
payments-state-refund-asked = Chờ hoàn tiền
payments-state-refunded = Đã hoàn tiền
payments-state-cancelled = Không phải nộp nữa
payments-way-gateway = Cổng thanh toán
payments-way-transfer = Chuyển khoản
payments-way-cash = Tiền mặt
payments-tried-begun = Chưa có kết quả
payments-tried-paid = Thành công
payments-tried-failed = Không thành công

payments-state-forbids = Khoản thu không còn ở trạng thái cho phép việc này.
payments-moved-on = Khoản thu đã thay đổi. Hãy mở lại trang.
payments-not-due = Khoản này không còn phải nộp.
payments-way-closed = Hình thức thanh toán này chưa mở.
payments-receipt-not-ready = Biên lai đang được lập.

# Danh sách, chi tiết
payments-mine-title = Khoản phải nộp
payments-mine-none = Bạn không có khoản nào phải nộp.
payments-desk-title = Khoản thu
payments-desk-none = Không có khoản thu nào.
payments-all = Tất cả
payments-column-code = Mã hồ sơ
payments-column-amount = Số tiền
payments-column-state = Trạng thái
payments-column-asked = Yêu cầu lúc
payments-column-agency = Cơ quan thu
payments-column-item = Khoản thu
payments-column-order = Mã thanh toán
payments-column-way = Hình thức
payments-column-transaction = Số giao dịch
payments-column-verdict = Kết luận
payments-items = Các khoản phải nộp
payments-total = Tổng cộng
payments-show-title = Thanh toán hồ sơ { $code }
payments-show-to = Nộp cho
payments-show-subject = Xem hồ sơ
payments-show-failed = Lần thanh toán vừa rồi không thành công. Bạn chưa bị trừ tiền cho hồ sơ này; hãy thử lại.
payments-look-again = Xem lại

# Nộp tiền
payments-pay = Chọn cách nộp
payments-pay-gateway = Thanh toán trực tuyến
payments-pay-transfer = Chuyển khoản bằng mã VietQR
payments-pay-cash = Bạn cũng có thể nộp tiền mặt tại Bộ phận Một cửa nơi tiếp nhận hồ sơ.
payments-onward-title = Cổng thanh toán đang chờ
payments-onward-help = Trả tiền ở cổng thanh toán rồi quay lại đây. Kết quả chỉ được ghi nhận khi cổng thanh toán xác nhận với cơ quan.
payments-onward = Tới cổng thanh toán
payments-transfer-title = Chuyển khoản
payments-transfer-picture = Mã VietQR của lần chuyển khoản này; nội dung như ghi bên dưới
payments-transfer-account = Số tài khoản
payments-transfer-name = Tên tài khoản
payments-transfer-bank = Mã ngân hàng
payments-transfer-purpose = Nội dung chuyển khoản
payments-transfer-help = Ghi đúng nội dung chuyển khoản. Cơ quan ghi nhận khi tiền về tài khoản, thường trong ngày làm việc.

# Biên lai
payments-receipt = Biên lai
payments-receipt-number = Biên lai số
payments-receipt-download = Tải biên lai (PDF)
payments-receipt-print = In biên lai (PDF)

# Tại quầy
payments-cash-title = Thu tiền tại quầy
payments-cash-help = Nhận đủ tiền mặt rồi bấm; biên lai được lập ngay.
payments-cash-take = Đã nhận đủ tiền mặt
payments-came-title = Tiền chuyển khoản đã về
payments-came-reference = Số bút toán trên sao kê
payments-came-say = Xác nhận tiền đã về
payments-reference-missing = Ghi số bút toán, không quá 64 ký tự
payments-reference-used = Bút toán này đã dùng cho một khoản khác
payments-refund-title = Hoàn tiền
payments-refund-reference = Số chứng từ hoàn tiền
payments-refund-say = Đã hoàn tiền
payments-attempts = Các lần thanh toán
payments-attempts-none = Chưa có lần thanh toán nào.
payments-heard = Cổng thanh toán đã báo
## dynamic: payments-verdict-
payments-verdict-taken = Đã ghi nhận
payments-verdict-repeated = Báo lặp, bỏ qua
payments-verdict-unknown-order = Không có mã thanh toán này
payments-verdict-wrong-amount = Sai số tiền, không ghi nhận
payments-verdict-wrong-transaction = Giao dịch thuộc khoản khác, không ghi nhận
payments-verdict-paid-twice = Nộp hai lần, phải hoàn lại
payments-verdict-goes-back = Không còn phải nộp, chờ hoàn tiền
payments-verdict-undecided = Chưa có kết quả
payments-told-collected = Đã thu tiền. Biên lai đang được lập.
payments-told-transfer = Đã ghi nhận tiền về.
payments-told-refunded = Đã ghi nhận hoàn tiền.

# Cổng thanh toán minh họa
payments-gateway-title = Cổng thanh toán minh họa
payments-gateway-demo = Trang này chỉ để minh họa. Không có ngân hàng nào ở sau, không ai bị trừ tiền.
payments-gateway-pay = Trả tiền
payments-gateway-leave = Thôi
payments-gateway-silent = Trả tiền nhưng không báo lại

# Chuyển giao
payments-error-no-gateway = Chưa khai báo cổng thanh toán.
payments-error-answer = Cổng thanh toán trả lời không đọc được hoặc sai chữ ký.
payments-error-pending = Người nộp vẫn đang thanh toán.
payments-error-unknown = Cổng thanh toán không biết mã thanh toán này.

# Tin nhắn
payments-message-paid = Đã nhận { $amount } cho hồ sơ { $code }. Biên lai có ở trang thanh toán.
payments-message-refund-asked = Số tiền { $amount } của hồ sơ { $code } sẽ được hoàn lại cho bạn.
payments-message-refunded = Đã hoàn { $amount } của hồ sơ { $code }.

# Đối soát
payments-menu-statements = Đối soát
permission-payments-reconcile = Đối soát với cổng thanh toán, ngân hàng
payments-statements-title = Đối soát
payments-statements-none = Chưa đối soát ngày nào.
payments-statement-title = Đối soát ngày { $day }
payments-statement-day = Ngày
payments-statement-file = Tệp của cổng thanh toán hoặc ngân hàng
payments-statement-file-hint = Tệp CSV có các cột order, transaction, amount
payments-statement-read = Đối soát
payments-statement-open = Chênh lệch chưa đóng
payments-day-missing = Chọn ngày đối soát
payments-day-not-over = Chỉ đối soát ngày đã qua
payments-day-twice = Ngày này đã đối soát
payments-file-missing = Chọn tệp
payments-file-unreadable = Tệp không đọc được; cần tệp CSV
payments-file-columns = Tệp thiếu cột order, transaction hoặc amount
payments-file-line = Tệp có dòng không đọc được; số tiền chỉ gồm chữ số
payments-file-too-long = Tệp quá dài cho một ngày
payments-outcomes = Kết quả
payments-outcome = Kết quả
payments-outcome-matched = Khớp
payments-outcome-refunded = Khớp, hoàn tiền
payments-outcome-only-ours = Chỉ bên ta có
payments-outcome-only-theirs = Chỉ bên kia có
payments-outcome-amount-differs = Lệch số tiền
payments-reason-only-ours = Ta đã ghi nhận nhưng tệp không có: có thể sang tệp ngày sau, hoặc phải hỏi cổng thanh toán.
payments-reason-only-theirs = Tệp có nhưng ta không ghi nhận: nộp hai lần, sai mã hoặc sai số tiền; xem khoản thu rồi hoàn tiền nếu cần.
payments-reason-amount-differs = Hai bên ghi số tiền khác nhau: đối chiếu sao kê.
payments-difference-whose = Người xử lý: bộ phận thu của
payments-difference-note = Đã tìm ra gì
payments-difference-close = Đóng chênh lệch
payments-difference-closed = Đã đóng
payments-note-missing = Ghi đã tìm ra gì, không quá 500 ký tự
payments-lines = Số dòng
payments-lines-title = Các dòng
payments-lines-all = Xem mọi dòng
payments-lines-none = Không có dòng nào.
payments-ours = Bên ta
payments-theirs = Bên kia
payments-income = Số thu theo cơ quan và khoản
payments-told-closed = Đã đóng chênh lệch.

# Đối soát
payments-partner = Cổng thanh toán, ngân hàng
