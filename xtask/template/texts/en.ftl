samples-menu-group = Group of work
samples-menu-list = Samples
permission-samples-read = See samples
permission-samples-file = File samples

# List
samples-list-title = Samples
samples-none = No samples yet.
samples-title = Title
samples-filed-at = Filed at

# Filing
samples-form-title = File a sample
samples-send = File
samples-filed = The sample is filed.
samples-error-title = Give a title of at most 200 characters.
