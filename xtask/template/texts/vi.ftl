samples-menu-group = Nhóm việc
samples-menu-list = Danh sách mẫu
permission-samples-read = Xem các mẫu
permission-samples-file = Lập mẫu

# Danh sách
samples-list-title = Danh sách mẫu
samples-none = Chưa có mẫu nào.
samples-title = Tên
samples-filed-at = Lập lúc

# Lập mẫu
samples-form-title = Lập mẫu mới
samples-send = Lập
samples-filed = Đã lập mẫu.
samples-error-title = Hãy ghi tên, không quá 200 ký tự.
