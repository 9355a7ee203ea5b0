## dynamic: national-refused-
## dynamic: national-error-
## dynamic: national-told-newer

national-menu-desk = Cổng quốc gia
national-menu-told = Đồng bộ hồ sơ
national-menu-arrivals = Hồ sơ từ Cổng quốc gia
permission-national-read = Xem đồng bộ với Cổng Dịch vụ công quốc gia

national-demo = Cổng minh họa: không có gì được gửi ra ngoài.
national-told-title = Đồng bộ hồ sơ với Cổng Dịch vụ công quốc gia
national-told-none = Không có hồ sơ nào.
national-told-newer = Đã gửi bản mới hơn
national-all = Tất cả
national-behind = Chưa khớp
national-column-code = Mã hồ sơ
national-column-ours = Trạng thái của tỉnh
national-column-theirs = Trạng thái đã gửi
national-column-match = Đối chiếu
national-matched = Khớp
national-refused = Cổng từ chối
national-waiting = Đang chờ gửi
national-arrivals-title = Hồ sơ nộp tại Cổng Dịch vụ công quốc gia
national-arrivals-none = Không có hồ sơ nào.
national-column-portal-code = Mã tại Cổng quốc gia
national-column-procedure = Thủ tục
national-column-fate = Tiếp nhận
national-column-arrived = Đến lúc
national-fate-waiting = Đang tải giấy tờ
national-fate-filed = Đã vào hệ thống
national-fate-refused = Không nhận
national-refused-procedure = Thủ tục không có hoặc không còn hiệu lực.
national-refused-agency = Cơ quan không tiếp nhận thủ tục này.
national-refused-applicant = Thiếu họ tên hoặc số định danh của người nộp.
national-refused-papers = Thiếu thành phần hồ sơ bắt buộc.
national-refused-address = Tệp không nằm tại Cổng quốc gia.
national-refused-file = Tệp không đọc được hoặc quá lớn.
national-error-no-portal = Tỉnh chưa kết nối với Cổng Dịch vụ công quốc gia.
national-error-answer = Cổng trả lời không đúng mẫu.

# Đối soát
national-partner = Cổng Dịch vụ công quốc gia
