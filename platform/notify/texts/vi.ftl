# Danh mục
notify-menu = Thông báo

# Danh sách
notify-title = Thông báo
notify-empty = Chưa có thông báo nào.
notify-unread = { $count } thông báo chưa đọc.
notify-read-all = Đánh dấu tất cả là đã đọc
notify-all-read = Đã đánh dấu tất cả thông báo là đã đọc.
notify-message = Nội dung
notify-at = Lúc
notify-state = Tình trạng
notify-new = Chưa đọc
notify-was-read = Đã đọc
notify-mail-to = Thông báo cũng được gửi đến hộp thư { $mailbox }.
notify-mail-no-mailbox = Ông/Bà chưa khai hộp thư điện tử, nên thông báo chỉ có ở trang này.
notify-mail-off = Hệ thống chưa nối máy chủ thư, nên thông báo chỉ có ở trang này.

# Thư gửi đi (luôn bằng tiếng Việt)
notify-mail-greeting = Kính gửi Ông/Bà,
notify-mail-look = Xin xem chi tiết tại: { $address }
notify-mail-help = Thư này được gửi tự động, xin không trả lời. Cần hỗ trợ, xin gọi tổng đài { $hotline }.
notify-mail-demo = Dữ liệu minh họa: mọi người, hồ sơ và số liệu trong thư này đều không có thật.

# Vì sao thư không gửi được
notify-error-gone = Thông báo không còn, nên không có gì để gửi.
notify-error-no-mailbox = Người nhận không có hộp thư điện tử dùng được.
