# Khung trang
web-skip-to-content = Đến nội dung chính
web-menu = Danh mục
web-main-navigation = Điều hướng chính
web-side-navigation = Các việc
web-profile = Tài khoản của tôi
web-sign-out = Đăng xuất
web-other-language = English
web-demo = Dữ liệu minh họa
web-demo-sentence = Mọi người, hồ sơ và số liệu trên trang này đều không có thật.

# Thông báo
web-notice = Thông báo
web-notice-success = Đã xong
web-notice-error = Chưa làm được

# Biểu mẫu
web-error-prefix = Lỗi:
web-error-summary = Có chỗ cần sửa
web-change = Sửa
web-date-day = Ngày
web-date-month = Tháng
web-date-year = Năm
web-upload-sending = Đang gửi, được [percent]%. Xin đừng đóng trang.
web-upload-failed = Đường truyền bị ngắt, tệp chưa được gửi. Xin bấm gửi lại; những gì đã điền vẫn còn.

# Đi lại giữa các trang
web-breadcrumbs = Đường dẫn
web-back = Quay lại
web-pagination = Các trang
web-previous = Trang trước
web-next = Trang sau

# Tên gọi
web-brand = Cổng dịch vụ công
web-brand-desk = Bàn làm việc số
web-sign-in = Đăng nhập
web-footer-owner = Ủy ban nhân dân { $province } · Tổng đài hỗ trợ { $hotline }
web-footer-access = Trang dùng được trên điện thoại, bằng bàn phím và trình đọc màn hình.

# Trang lỗi
web-error-home = Về trang chủ
web-error-id = Khi gọi hỗ trợ, xin đọc mã này:
web-error-not-found = Không tìm thấy trang
web-error-not-found-help = Địa chỉ có thể đã gõ sai, hoặc trang này không dành cho tài khoản đang dùng.
web-error-forbidden = Tài khoản này không làm được việc đó
web-error-forbidden-help = Việc này cần quyền mà chức vụ đang chọn không có. Nếu Ông/Bà giữ nhiều chức vụ, xin chuyển sang chức vụ khác.
web-error-signed-out = Cần đăng nhập
web-error-signed-out-help = Phiên làm việc đã hết hoặc chưa bắt đầu. Xin đăng nhập rồi làm lại.
web-error-invalid = Có chỗ chưa đúng
web-error-invalid-help = Xin quay lại và sửa những chỗ sau.
web-error-conflict = Việc này đã thay đổi
web-error-stale-page = Trang đã cũ so với lần đăng nhập này. Xin quay lại, tải lại trang rồi gửi lại; những gì đã điền vẫn còn trong trình duyệt.
web-error-too-large = Gửi quá nhiều dữ liệu
web-error-too-large-help = Mỗi tệp được tối đa 25 MB. Xin giảm dung lượng hoặc chia thành nhiều tệp.
web-error-too-many = Thử quá nhiều lần
web-error-too-many-help = Xin chờ ít phút rồi thử lại.
web-error-busy = Hệ thống đang bận
web-error-busy-help = Chưa có gì bị mất. Xin thử lại sau ít giây.
web-error-inside = Hệ thống gặp lỗi
web-error-inside-help = Lỗi đã được ghi lại và không làm mất dữ liệu đã gửi trước đó. Xin thử lại; nếu còn lỗi, xin gọi tổng đài.
web-error-form = Biểu mẫu gửi lên không đọc được.
web-error-query = Địa chỉ có tham số không đọc được.
web-error-cursor = Vị trí trong danh sách không đúng.
web-error-body = Nội dung gửi lên không phải JSON đúng khuôn dạng.
web-error-idempotency-key = Thiếu tiêu đề Idempotency-Key (từ 8 đến 200 ký tự).
