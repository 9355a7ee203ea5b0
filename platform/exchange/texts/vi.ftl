# Danh mục và quyền
exchange-menu = Chuyển giao ra ngoài
permission-exchange-reconcile = Đối soát chuyển giao ra ngoài

# Danh sách
exchange-title = Chuyển giao ra ngoài
exchange-about = Mọi thư, văn bản và dữ liệu gửi ra ngoài hệ thống. Chỉ coi là đã chuyển khi bên nhận xác nhận.
exchange-empty = Không có chuyển giao nào ở trạng thái này.
exchange-missing = Kết nối “{ $connector }” chưa được cấu hình: các chuyển giao của kết nối này chờ đến khi có.
exchange-created = Lập lúc
exchange-connector = Kết nối
exchange-destination = Nơi nhận
exchange-subject = Về việc
exchange-tries = Số lần thử
exchange-last = Kết quả gần nhất

# Trạng thái
exchange-state-queued = Đang chờ
exchange-state-sending = Đang gửi
exchange-state-delivered = Đã chuyển
exchange-state-failed = Bên nhận từ chối
exchange-state-given-up = Đã thôi thử
exchange-state-cancelled = Đã hủy

# Một chuyển giao
exchange-one-title = Một lần chuyển giao
exchange-key = Khóa chống gửi trùng
exchange-delivered = Đã chuyển lúc
exchange-next = Lần thử tới
exchange-receipt = Biên nhận
exchange-error = Lý do chưa chuyển được
exchange-retry = Gửi lại
exchange-cancel = Hủy chuyển giao
exchange-requeued = Đã đưa vào hàng chờ gửi lại.
exchange-cancelled = Đã hủy. Nội dung này sẽ không được gửi nữa.

# Các lần thử
exchange-attempts = Các lần thử
exchange-attempts-none = Chưa thử lần nào.
exchange-attempt-started = Bắt đầu
exchange-attempt-ended = Kết thúc
exchange-attempt-outcome = Kết quả
exchange-attempt-detail = Chi tiết
exchange-attempt-delivered = Bên nhận đã xác nhận
exchange-attempt-retry = Chưa được, sẽ thử lại
exchange-attempt-rejected = Bên nhận từ chối
exchange-attempt-running = Đang gửi
exchange-attempt-lost = Bị ngắt giữa chừng, không rõ bên nhận đã có chưa

# Lý do
exchange-error-no-answer = Bên nhận không trả lời trong thời gian cho phép.
exchange-error-worker-lost = Máy gửi bị ngắt nhiều lần giữa chừng.
exchange-error-state = Chuyển giao này đang được gửi hoặc đã xong, nên không đổi được nữa. Xin tải lại trang.

# Sự kiện nội bộ
exchange-events = Sự kiện chưa xử lý được
exchange-events-about = Một phần của hệ thống đã thử tám lần và thôi. Sau khi sửa nguyên nhân, bấm “Gửi lại” để xử lý tiếp.
exchange-event-parked = Thôi thử lúc
exchange-event-listener = Nơi xử lý
exchange-event-position = Vị trí trong nhật ký
exchange-event-requeued = Sự kiện đã được đưa vào xử lý lại.

# Đối soát
## dynamic: exchange-comparison-
exchange-crossings-menu = Đối soát với bên ngoài
exchange-crossings-title = Đối soát với bên ngoài ngày
exchange-crossings-about = Những gì đã gửi ra ngoài trong ngày và những gì bên kia có. Mỗi con số mở ra các dòng của nó.
exchange-crossings-day = Ngày
exchange-crossings-see = Xem
exchange-crossings-comparison = Kết quả
exchange-crossings-count = Số dòng
exchange-crossings-ours = Bên ta có
exchange-crossings-theirs = Bên kia có
exchange-crossings-none = Không có dòng nào.
exchange-crossings-key = Mã
exchange-crossings-reason = Lý do, nơi xử lý
exchange-crossings-closed = Đã xử lý:
exchange-comparison-matched = Khớp
exchange-comparison-only-ours = Chỉ bên ta có
exchange-comparison-only-theirs = Chỉ bên kia có
exchange-comparison-different = Khác nhau
exchange-comparison-waiting = Đang chờ
exchange-comparison-given-up = Đã thôi gửi
exchange-note = Kết quả tìm hiểu
exchange-note-missing = Ghi kết quả tìm hiểu, không quá 500 ký tự
exchange-close-difference = Đóng khác biệt
exchange-difference-closed = Đã đóng khác biệt.
