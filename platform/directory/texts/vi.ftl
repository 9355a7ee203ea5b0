directory-menu-group = Tỉnh
directory-menu-agencies = Cơ quan
permission-directory-staff = Xem ai giữ chức vụ nào
permission-directory-reorganise = Tổ chức lại cơ quan

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

# Tổ chức lại
directory-menu-plans = Tổ chức lại
directory-plans-title = Tổ chức lại cơ quan
directory-plans-about = Khi cơ quan hợp nhất, chia tách hoặc kết thúc, hồ sơ đang giải quyết, cán bộ và thời hạn đi theo cơ quan tiếp nhận. Mã đã cấp không bao giờ dùng lại.
directory-plans-none = Chưa có phương án nào. Đưa phương án vào bằng lệnh tinhso reorganise.
directory-plan-title = Phương án
directory-plan-on = Ngày bắt đầu
directory-plan-state = Trạng thái
directory-plan-proposed = Đang xem xét
directory-plan-running = Đang thực hiện
directory-plan-done = Đã xong
directory-plan-progress = Tiến độ
directory-plan-done-of = { $done } trên { $lines } cơ quan
directory-plan-running-help = Việc chuyển chạy nền, dừng giữa chừng thì lần sau đi tiếp.
directory-plan-reload = Tải lại
directory-plan-must-decide = Còn { $count } cơ quan chưa rõ ai tiếp nhận. Phương án chỉ chạy khi có người quyết định từng cơ quan.
directory-plan-show-undecided = Xem các cơ quan chưa quyết định
directory-plan-wait = Phương án bắt đầu được từ ngày { $day }.
directory-plan-begin-help = Công việc, cán bộ và thời hạn của { $count } cơ quan sẽ chuyển sang cơ quan tiếp nhận.
directory-plan-unverified-help = { $count } quyết định chưa đối chiếu với văn bản đã công bố.
directory-plan-begin = Thực hiện
directory-plan-begun = Đã bắt đầu chuyển.
directory-plan-all = Tất cả { $count }
directory-plan-undecided-only = Chưa quyết định { $count }
directory-plan-unverified-only = Chưa kiểm chứng { $count }
directory-plan-no-lines = Không có cơ quan nào.
directory-plan-lines = Cơ quan kết thúc và cơ quan tiếp nhận
directory-plan-agency = Cơ quan kết thúc
directory-plan-heir = Cơ quan tiếp nhận
directory-plan-heir-of = Mã cơ quan tiếp nhận của { $name }
directory-plan-decided-by = Theo
directory-plan-by-table = Bảng chuyển đổi
directory-plan-by-plan = Phương án
directory-plan-by-person = Người quyết định
directory-plan-by-no = Chưa quyết định
directory-plan-unverified = Chưa kiểm chứng
directory-plan-parts = Chia về { $count } cơ quan
directory-plan-moved = Đã chuyển lúc
directory-plan-decide = Chọn
directory-plan-decided = Đã ghi quyết định.
directory-plan-people = Người chưa có vị trí
directory-plan-people-help = Chức vụ của họ ở cơ quan tiếp nhận đã có người giữ. Xin bố trí từng người.
directory-plan-heir-missing = Xin nhập mã một cơ quan đang hoạt động vào ngày bắt đầu, khác cơ quan kết thúc.
directory-plan-agency-unknown = Không có cơ quan mang mã này vào ngày đó.
directory-plan-nothing-ends = Không cơ quan nào kết thúc vào ngày trước đó.
directory-plan-began = Phương án này đã bắt đầu.
directory-plan-too-early = Chưa tới ngày bắt đầu của phương án.
directory-plan-undecided = Còn cơ quan chưa có quyết định.

# Tổ chức và người đại diện
directory-error-represents-already = Người này đã đại diện cho tổ chức đó trong thời gian đã chọn.
