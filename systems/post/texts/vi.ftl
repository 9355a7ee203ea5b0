## dynamic: post-state-
## dynamic: post-verdict-

post-menu-desk = Bưu chính
post-menu-list = Đơn bưu chính
post-menu-hand-over = Bàn giao trong ngày
permission-post-read = Xem đơn bưu chính, in phiếu gửi

post-leg-collect = Gửi giấy tờ từ nhà
post-leg-return = Nhận kết quả tại nhà
post-state-wanted = Chờ gửi
post-state-created = Đã báo bưu chính
post-state-accepted = Bưu chính đã nhận
post-state-delivering = Đang phát
post-state-delivered = Đã phát
post-state-failed = Chưa phát được
post-state-returned = Đã chuyển hoàn
post-state-cancelled = Đã hủy
post-verdict-taken = Đã ghi nhận
post-verdict-repeated = Đã biết
post-verdict-overtaken = Đến muộn hơn tin mới
post-verdict-unknown-order = Không có đơn này
post-verdict-wrong-tracking = Sai mã vận đơn
post-verdict-after-cancel = Đơn đã hủy mà vẫn được chuyển: liên hệ bưu chính
post-todo = Việc cần làm:
post-todo-failed = Gọi cho người nhận, báo lại bưu chính nếu địa chỉ hay giờ nhận thay đổi.
post-todo-returned = Giữ bưu gửi tại bộ phận một cửa, mời người nhận đến lấy hoặc đặt gửi lại.

post-state-forbids = Đơn không còn ở trạng thái cho phép việc này.
post-moved-on = Đơn đã thay đổi. Hãy mở lại trang.
post-chosen-before = Hồ sơ này đã có đơn bưu chính đang thực hiện.
post-not-offered = Không còn chọn được bưu chính cho hồ sơ ở trạng thái này.
post-accepted = Bưu chính đã nhận đơn, không hủy được nữa.
post-error-no-carrier = Tỉnh chưa kết nối với đơn vị bưu chính.
post-error-unknown = Bưu chính không có đơn này.
post-error-answer = Trả lời không đúng chữ ký hoặc không đúng đơn.
post-message-accepted = Bưu chính đã nhận đơn { $code }, mã vận đơn { $tracking }.
post-message-delivered = Bưu chính đã phát đơn { $code }.
post-message-failed = Bưu chính chưa phát được đơn { $code }.
post-message-returned = Bưu chính đã chuyển hoàn đơn { $code }. Bạn có thể đến nhận tại bộ phận một cửa hoặc đặt gửi lại.

# Trang của người dân
post-show-title = Bưu chính cho hồ sơ { $code }
post-tracking = Mã vận đơn
post-party = Họ tên, điện thoại
post-address = Địa chỉ
post-address-hint = Số nhà, đường, thôn hoặc tổ dân phố, xã, phường; thêm tỉnh nếu ở ngoài tỉnh
post-service = Dịch vụ
post-cod = Tiền thu hộ
post-stations-none = Bưu chính chưa báo gì.
post-cancel = Hủy đơn
post-cancel-asked = Đang chờ bưu chính đồng ý hủy
post-choose = Chọn dịch vụ bưu chính
post-choose-send = Đặt dịch vụ bưu chính
post-choose-none = Hồ sơ này hiện không chọn được dịch vụ bưu chính.
post-kind = Bạn muốn
post-kind-return-help = Kết quả được gửi tới địa chỉ dưới đây ngay khi có.
post-kind-collect-help = Bưu tá đến địa chỉ dưới đây lấy giấy tờ, nộp cho bộ phận một cửa.
post-kind-both = Cả hai
post-kind-both-help = Bưu tá đến lấy giấy tờ, sau đó mang kết quả về cùng địa chỉ.
post-kind-missing = Chọn một cách
post-name = Họ tên
post-name-missing = Ghi họ tên, không quá 100 ký tự
post-phone = Số điện thoại
post-phone-wrong = Ghi số điện thoại ở Việt Nam, ví dụ 0950 000 001
post-address-missing = Ghi địa chỉ, không quá 300 ký tự
post-commune = Xã, phường
post-commune-elsewhere = Ngoài tỉnh (ghi rõ trong địa chỉ)
post-commune-unknown = Chọn một xã, phường trong danh sách
post-service-missing = Chọn một dịch vụ
post-cod-wish = Nộp phí, lệ phí còn thiếu cho bưu tá khi nhận
post-note = Ghi chú cho bưu tá (không bắt buộc)
post-note-long = Không quá 300 ký tự
post-told-chosen = Đã đặt dịch vụ bưu chính.
post-told-cancelled = Đã hủy đơn.
post-told-cancel-asked = Đã báo bưu chính hủy đơn.

# Trang của cán bộ
post-desk-title = Đơn bưu chính
post-desk-none = Không có đơn nào.
post-all = Tất cả
post-column-code = Mã đơn
post-column-leg = Chiều gửi
post-column-state = Trạng thái
post-column-wanted = Đặt lúc
post-column-agency = Cơ quan
post-column-said = Lúc
post-column-verdict = Xử lý
post-column-errand = Chuyển giao
post-column-answer = Trả lời
post-subject = Hồ sơ
post-weight = Khối lượng
post-label = In phiếu gửi
post-stations = Hành trình
post-odd = Tin của bưu chính không được tính
post-deliveries = Chuyển giao cho bưu chính
post-hand-over-title = Bàn giao cho bưu chính ngày
post-hand-over-day = Ngày
post-hand-over-see = Xem
post-hand-over-none = Ngày này không có bưu gửi nào.
post-hand-over-print = In biên bản bàn giao

# Bưu chính minh họa
post-carrier-title = Bưu chính minh họa
post-carrier-demo = Trang này chỉ để minh họa: không có gì được chuyển đi.
post-carrier-none = Chưa có đơn nào.

# Đối soát
post-partner = Bưu chính
