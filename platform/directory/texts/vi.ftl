directory-menu-group = Tỉnh
directory-menu-agencies = Cơ quan
permission-directory-staff = Xem ai giữ chức vụ nào

# Danh sách cơ quan
directory-list-title = Các cơ quan của tỉnh
directory-words = Tìm cơ quan
directory-words-hint = Tên, ký hiệu hoặc mã định danh; gõ không dấu cũng được
directory-name = Tên cơ quan
directory-kind = Loại cơ quan
directory-tier = Cấp
directory-day = Ngày
directory-day-hint = Để trống để xem các cơ quan hôm nay; chọn một ngày cũ để xem bộ máy khi đó
directory-show = Xem
directory-all-kinds = Mọi loại
directory-all-tiers = Mọi cấp
directory-shown-day = Đang xem các cơ quan của ngày { $day }.
directory-show-today = Xem hôm nay
directory-none = Không có cơ quan nào như vậy vào ngày này.

directory-tier-province = Cấp tỉnh
directory-tier-district = Cấp huyện
directory-tier-commune = Cấp xã

directory-kind-province-committee = Ủy ban nhân dân tỉnh
directory-kind-district-committee = Ủy ban nhân dân cấp huyện
directory-kind-commune-committee = Ủy ban nhân dân cấp xã
directory-kind-department = Sở và cơ quan tương đương
directory-kind-inspectorate = Thanh tra tỉnh
directory-kind-zone-authority = Ban quản lý khu kinh tế, khu công nghiệp
directory-kind-police = Công an
directory-kind-tax = Cơ quan thuế
directory-kind-social-insurance = Bảo hiểm xã hội
directory-kind-treasury = Kho bạc Nhà nước
directory-kind-post = Bưu điện

# Một cơ quan
directory-ended = Cơ quan này kết thúc sau ngày { $day }.
directory-heir = Công việc nay do cơ quan sau giải quyết:
directory-code = Mã định danh
directory-code102 = Mã theo QCVN 102:2016/BTTTT
directory-notation = Ký hiệu văn bản
directory-parent = Cơ quan cấp trên
directory-since = Có từ ngày
directory-basis = Căn cứ
directory-history = Tiếp nối
directory-before = Trước { $day }:
directory-after = Từ { $day }:
directory-part = (một phần)
directory-units = Các đơn vị ngày { $day }
directory-no-units = Không có đơn vị nào vào ngày này.
directory-seats = Số vị trí: { $count }
directory-unit = Đơn vị
directory-unit-seats = Số vị trí
directory-staff = Người giữ chức vụ
directory-position = Chức vụ
directory-person = Họ tên
directory-acting-for = được { $name } ủy quyền

# Lỗi
directory-error-day = Ngày không đúng; xin viết năm-tháng-ngày, ví dụ 2020-06-01.
directory-error-number-taken = Số định danh này đã thuộc về một người khác trong danh bạ.
directory-error-holds-already = Người này đang giữ chức vụ đó trong thời gian đã chọn.
directory-error-ended-already = Việc này đã kết thúc từ trước.
directory-error-ends-before = Ngày kết thúc đứng trước ngày bắt đầu.
directory-error-no-position-then = Chức vụ không có trong thời gian đã chọn.
directory-error-acting-without-end = Ủy quyền phải ghi ngày kết thúc.
directory-error-giver = Người ủy quyền không giữ chức vụ đó vào ngày bắt đầu.
