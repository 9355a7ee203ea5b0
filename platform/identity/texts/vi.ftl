identity-menu-group = Quản trị
identity-menu-accounts = Tài khoản
permission-identity-administer = Quản lý tài khoản của cơ quan
permission-identity-confirm = Xác nhận danh tính người dân theo thẻ căn cước

# Đăng nhập
identity-sign-in = Đăng nhập
identity-login = Tên đăng nhập
identity-login-hint = Người dân: số định danh cá nhân, số điện thoại hoặc thư điện tử. Cán bộ: tên được cấp.
identity-password = Mật khẩu
identity-no-account = Chưa có tài khoản?
identity-have-account = Đã có tài khoản?
identity-continue = Tiếp tục
identity-demo-accounts = Tài khoản minh họa
identity-demo-accounts-note = Bấm một lần để vào với vai trò đó. Các tài khoản này chỉ có trong dữ liệu minh họa.
identity-demo-totp = Dữ liệu minh họa: mã lúc này là { $code }.
identity-demo-code = Dữ liệu minh họa không gửi tin nhắn. Mã xác nhận là { $code }.
identity-step-ended = Đã quá thời gian. Xin đăng nhập lại từ đầu.

# Bước tiếp theo khi đăng nhập
identity-code-title = Nhập mã xác thực
identity-code-help = Mở ứng dụng xác thực trên điện thoại và nhập mã 6 chữ số đang hiện.
identity-code = Mã 6 chữ số
identity-code-lost = Mất điện thoại? Xin liên hệ người quản trị của cơ quan.
identity-first-password-title = Đặt mật khẩu của riêng mình
identity-first-password-help = Mật khẩu được cấp chỉ dùng để đăng nhập lần đầu. Từ nay chỉ mình Ông/Bà biết mật khẩu.

# Mật khẩu
identity-password-title = Đổi mật khẩu
identity-password-help = Sau khi đổi, các thiết bị khác sẽ bị đăng xuất.
identity-current-password = Mật khẩu hiện tại
identity-new-password = Mật khẩu mới
identity-password-hint = Ít nhất { $least } ký tự; một câu ngắn dễ nhớ là tốt nhất.
identity-password-again = Nhập lại mật khẩu mới
identity-password-changed = Đã đổi mật khẩu.

# Xác thực hai lớp
identity-second-factor-title = Xác thực hai lớp
identity-second-factor-first = Chức vụ của Ông/Bà có quyền ký hoặc quản trị nên cần thêm một lớp xác thực.
identity-second-factor-why = Ngoài mật khẩu, mỗi lần đăng nhập cần thêm một mã trên điện thoại. Ai lấy được mật khẩu cũng không vào được.
identity-second-factor-start = Bắt đầu
identity-second-factor-on = Bật xác thực hai lớp
identity-second-factor-off = Tắt xác thực hai lớp
identity-second-factor-off-help = Để tắt, xin nhập mã đang hiện trong ứng dụng.
identity-second-factor-is-on = Đang bật
identity-second-factor-is-off = Chưa bật
identity-second-factor-done = Đã bật xác thực hai lớp.
identity-second-factor-gone = Đã tắt xác thực hai lớp.
identity-enrol-app = Cài một ứng dụng xác thực trên điện thoại (ứng dụng nào theo chuẩn TOTP cũng được).
identity-enrol-scan = Trong ứng dụng, thêm tài khoản và quét hình này:
identity-enrol-picture = Hình mã QR chứa khóa xác thực
identity-enrol-type = Không quét được? Nhập tay khóa này:
identity-enrol-code = Nhập mã 6 chữ số mà ứng dụng hiện ra.

# Đăng ký
identity-register = Đăng ký tài khoản
identity-register-help = Tài khoản cho người dân. Ông/Bà sẽ nhận một mã xác nhận qua điện thoại hoặc thư điện tử.
identity-number = Số định danh cá nhân
identity-number-hint = 12 chữ số, in trên thẻ căn cước
identity-name = Họ và tên
identity-name-hint = Viết đầy đủ như trên thẻ căn cước
identity-birth-date = Ngày sinh
identity-contact = Số điện thoại hoặc thư điện tử
identity-contact-hint = Để nhận mã xác nhận
identity-register-code = Nhập mã xác nhận
identity-register-code-help = Mã 6 chữ số đã được gửi tới { $to }. Mã dùng được trong { $minutes } phút.
identity-register-finish = Hoàn tất đăng ký
identity-register-again = Chưa nhận được mã? Đăng ký lại
identity-register-ended = Mã đã hết hạn hoặc nhập sai quá nhiều lần. Xin đăng ký lại.

# Tài khoản của tôi
identity-account = Tài khoản của tôi
identity-assurance = Mức độ xác thực
identity-assurance-1 = Mức 1: đã xác nhận điện thoại hoặc thư điện tử
identity-assurance-2 = Mức 2: cán bộ đã đối chiếu thẻ căn cước
identity-positions = Chức vụ
identity-position = Chức vụ
identity-agency = Cơ quan
identity-until = Đến ngày
identity-use = Sử dụng
identity-acting-for = Được ủy quyền thay { $name }
identity-position-current = Đang dùng
identity-position-switch = Chuyển sang
identity-switched = Đã chuyển chức vụ.
identity-organisations = Tổ chức được đại diện
identity-tax-code = Mã số thuế
identity-sessions = Các thiết bị đang đăng nhập
identity-sessions-help = Thiết bị nào không phải của Ông/Bà, xin kết thúc và đổi mật khẩu.
identity-device = Thiết bị
identity-address = Mạng
identity-signed-in-at = Đăng nhập lúc
identity-seen-at = Dùng gần nhất
identity-end = Kết thúc
identity-session-here = Thiết bị này
identity-session-end = Kết thúc
identity-sessions-end-others = Đăng xuất mọi thiết bị khác
identity-session-revoked = Đã kết thúc.
identity-with-second-factor = Xác thực hai lớp

# Khóa truy cập
identity-tokens = Khóa truy cập cho phần mềm
identity-tokens-help = Phần mềm dùng khóa này sẽ làm việc với chức vụ đang chọn: { $position }.
identity-tokens-none = Chưa có khóa nào.
identity-token-name = Tên khóa
identity-token-name-hint = Ví dụ tên phần mềm sẽ dùng khóa
identity-token-created = Ngày tạo
identity-token-used = Dùng gần nhất
identity-token-unused = Chưa dùng
identity-token-revoke = Hủy
identity-token-revoked = Đã hủy khóa.
identity-token-new = Tạo khóa mới
identity-token-days = Số ngày có hiệu lực
identity-token-days-hint = Nhiều nhất { $longest } ngày
identity-token-create = Tạo khóa
identity-token-once = Khóa mới chỉ hiện một lần. Xin chép lại ngay.

# Ai đã xem dữ liệu của tôi
identity-reads = Ai đã xem dữ liệu của tôi
identity-reads-help = Mỗi lần cán bộ mở giấy tờ, hồ sơ của Ông/Bà, hệ thống ghi lại một dòng ở đây.
identity-reads-none = Chưa có ai xem dữ liệu của Ông/Bà.
identity-reads-at = Lúc
identity-reads-who = Người xem
identity-reads-what = Xem gì
identity-reads-why = Để làm gì
identity-reads-program = Hệ thống

# Quản trị tài khoản
identity-administer = Tài khoản cán bộ
identity-administer-none = Không có tài khoản nào như vậy trong phạm vi của cơ quan.
identity-find = Tìm
identity-state = Trạng thái
identity-do = Thao tác
identity-in-use = Đang dùng
identity-blocked = Đã khóa
identity-must-change = Chờ đổi mật khẩu
identity-own-account = Tài khoản đang dùng
identity-block = Khóa
identity-unblock = Mở khóa
identity-reset-password = Cấp lại mật khẩu
identity-remove-second-factor = Gỡ xác thực hai lớp
identity-blocked-done = Đã khóa tài khoản.
identity-unblocked-done = Đã mở khóa tài khoản.
identity-handed-out = Mật khẩu dùng một lần của { $handle }:
identity-handed-out-help = Mật khẩu chỉ hiện lần này. Người nhận phải đặt mật khẩu mới khi đăng nhập.

# Lỗi
identity-error-wrong = Tên đăng nhập hoặc mật khẩu không đúng.
identity-error-wait = Đã thử quá nhiều lần. Xin thử lại sau { $minutes } phút.
identity-error-blocked = Tài khoản đã bị khóa. Xin liên hệ người quản trị của cơ quan.
identity-error-no-position = Hôm nay tài khoản không giữ chức vụ nào. Xin liên hệ người quản trị của cơ quan.
identity-error-code = Mã không đúng hoặc đã dùng rồi. Xin chờ mã mới và nhập lại.
identity-error-register-code = Mã không đúng. Còn { $left } lần nhập.
identity-error-current-password = Mật khẩu hiện tại không đúng.
identity-error-password-short = Mật khẩu quá ngắn.
identity-error-password-long = Mật khẩu quá dài (tối đa 200 ký tự).
identity-error-password-login = Mật khẩu không được trùng tên đăng nhập.
identity-error-password-plain = Mật khẩu không được chỉ lặp lại một ký tự.
identity-error-password-again = Hai lần nhập mật khẩu không giống nhau.
identity-error-password-same = Mật khẩu mới phải khác mật khẩu đang dùng.
identity-error-number = Số định danh cá nhân phải có đúng 12 chữ số như trên thẻ căn cước.
identity-error-number-known = Không đăng ký được số này qua mạng. Nếu đã có tài khoản, xin đăng nhập; nếu chưa, xin mang thẻ căn cước đến Bộ phận Một cửa.
identity-error-name = Xin viết đầy đủ họ và tên.
identity-error-birth-date = Ngày sinh không đúng.
identity-error-contact = Xin nhập số điện thoại ở Việt Nam hoặc địa chỉ thư điện tử.
identity-error-no-sender = Chưa gửi được mã xác nhận qua mạng. Xin mang thẻ căn cước đến Bộ phận Một cửa để mở tài khoản.
identity-error-login-taken = Tên đăng nhập này đã có người dùng.
identity-error-enrolment-stale = Xác thực hai lớp đã thay đổi ở thiết bị khác. Xin mở lại trang.
identity-error-second-factor-required = Chức vụ của Ông/Bà bắt buộc dùng xác thực hai lớp.
identity-error-token-name = Xin đặt tên cho khóa (tối đa 100 ký tự).
identity-error-token-days = Số ngày không đúng.
identity-error-token-holding = Chức vụ này không còn hiệu lực.
identity-error-token-made = Khóa này đã được tạo. Nếu chưa chép lại, xin hủy và tạo khóa khác.
identity-error-own-account = Không tự khóa hay cấp lại mật khẩu cho tài khoản đang dùng được.
identity-error-grant-days = Ngày kết thúc phải sau ngày bắt đầu.

# Tổ chức và người đại diện
identity-menu-representatives = Người đại diện tổ chức
identity-organisations-see = Xem tổ chức tôi đại diện
identity-organisations-title = Tổ chức tôi đại diện
identity-organisations-none = Chưa có tổ chức nào ghi nhận Ông/Bà là người đại diện.
identity-organisations-how = Để nộp hồ sơ cho doanh nghiệp, tổ chức, người đại diện theo pháp luật mang thẻ căn cước và giấy chứng nhận đăng ký doanh nghiệp (hoặc quyết định thành lập) đến Bộ phận Một cửa để được xác nhận.
identity-organisations-level = Tài khoản cần định danh mức 2 mới thay mặt tổ chức được.
identity-organisation-address = Địa chỉ
identity-represents-since = Đại diện từ ngày
identity-represents-until = Đến hết ngày
identity-represents-as = Tư cách
identity-represents-legal = Người đại diện theo pháp luật
identity-represents-named = Được giao thực hiện
identity-representatives-of = Ai được thay mặt { $name }
identity-representative = Người thay mặt
identity-take-back = Thu hồi
identity-taken-back = Đã thu hồi. Người này không còn thay mặt tổ chức.
identity-name-title = Giao thêm một người thực hiện
identity-name-help = Người được giao nộp và theo dõi hồ sơ của tổ chức bằng tài khoản của chính họ cho đến hết ngày đã chọn. Ông/Bà thu hồi được bất cứ lúc nào.
identity-name-organisation = Tổ chức
identity-name-until = Giao đến hết ngày
identity-name-send = Giao thực hiện
identity-named-done = Đã giao thực hiện.
identity-representatives-title = Người đại diện của doanh nghiệp, tổ chức
identity-representatives-find = Mã số thuế (mã số doanh nghiệp)
identity-representatives-unknown = Chưa có tổ chức nào mang mã số này trong danh bạ. Xác nhận người đại diện thì tổ chức được ghi vào danh bạ.
identity-representatives-nobody = Hiện chưa ai đại diện cho tổ chức này.
identity-confirm-title = Xác nhận người đại diện
identity-confirm-name = Tên tổ chức theo giấy chứng nhận
identity-confirm-address = Địa chỉ trụ sở
identity-confirm-number = Số định danh cá nhân của người đại diện
identity-confirm-number-hint = Tài khoản của người này phải được định danh mức 2.
identity-confirm-from = Đại diện từ ngày
identity-confirm-to = Đến hết ngày (nếu có)
identity-confirm-seen = Tôi đã đối chiếu thẻ căn cước và giấy tờ chứng minh quyền đại diện
identity-confirm-send = Xác nhận
identity-confirmed-done = Đã xác nhận người đại diện.
identity-representation-end = Chấm dứt
identity-representation-ended = Đã chấm dứt việc đại diện.
identity-error-tax-code = Mã số thuế của tổ chức có 10 số, đơn vị phụ thuộc có 13 số; xin kiểm tra lại.
identity-error-organisation = Xin chọn tổ chức.
identity-error-organisation-name = Xin ghi tên tổ chức (tối đa 300 ký tự).
identity-error-organisation-address = Xin ghi địa chỉ trụ sở (tối đa 300 ký tự).
identity-error-representative = Chưa có tài khoản định danh mức 2 mang số này.
identity-error-representative-name = Không có tài khoản định danh mức 2 nào mang số và họ tên này.
identity-error-represent-oneself = Không tự xác nhận cho chính mình được.
identity-error-represent-day = Xin chọn ngày.
identity-error-represent-until = Xin chọn ngày từ hôm nay trở đi.
identity-error-seen = Xin xác nhận đã đối chiếu giấy tờ.
identity-error-assurance = Việc này cần tài khoản định danh mức 2. Xin mang thẻ căn cước đến Bộ phận Một cửa.

## dynamic: identity-demo-
identity-demo-communes = Phường, xã
identity-demo-departments = Sở, ngành
identity-demo-citizens = Người dân
