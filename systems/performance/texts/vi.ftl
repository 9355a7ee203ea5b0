permission-performance-read = Xem thống kê hồ sơ
performance-period-unknown = Kỳ phải là một tháng, một quý hoặc một năm
