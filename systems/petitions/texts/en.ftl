petitions-menu-group = Group of work
petitions-menu-list = Petitions
permission-petitions-read = See petitions
permission-petitions-file = File petitions

# List
petitions-list-title = Petitions
petitions-none = No petitions yet.
petitions-title = Title
petitions-filed-at = Filed at

# Filing
petitions-form-title = File a petition
petitions-send = File
petitions-filed = The petition is filed.
petitions-error-title = Give a title of at most 200 characters.
