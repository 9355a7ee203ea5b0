petitions-menu-group = Nhóm việc
petitions-menu-list = Danh sách mẫu
permission-petitions-read = Xem các mẫu
permission-petitions-file = Lập mẫu

# Danh sách
petitions-list-title = Danh sách mẫu
petitions-none = Chưa có mẫu nào.
petitions-title = Tên
petitions-filed-at = Lập lúc

# Lập mẫu
petitions-form-title = Lập mẫu mới
petitions-send = Lập
petitions-filed = Đã lập mẫu.
petitions-error-title = Hãy ghi tên, không quá 200 ký tự.
