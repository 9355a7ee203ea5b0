# Page frame
web-skip-to-content = Skip to main content
web-menu = Menu
web-main-navigation = Main navigation
web-side-navigation = Work
web-profile = My account
web-sign-out = Sign out
web-other-language = Tiếng Việt
web-demo = Sample data
web-demo-sentence = No person, dossier or figure on this page is real.

# Notices
web-notice = Notice
web-notice-success = Done
web-notice-error = Not done

# Forms
web-error-prefix = Error:
web-error-summary = There is something to correct
web-change = Change
web-date-day = Day
web-date-month = Month
web-date-year = Year
web-upload-sending = Sending, [percent]% done. Please keep this page open.
web-upload-failed = The connection was lost and the file was not sent. Please send again; what you filled in is still here.

# Moving between pages
web-breadcrumbs = Breadcrumb
web-back = Back
web-pagination = Pages
web-previous = Previous page
web-next = Next page

# Names
web-brand = Public services
web-brand-desk = Digital desk
web-sign-in = Sign in
web-footer-owner = People's Committee, { $province } · Help line { $hotline }
web-footer-access = This site works on a phone, with the keyboard and with a screen reader.

# Error pages
web-error-home = Back to the home page
web-error-id = When you call for help, please read out this code:
web-error-not-found = Page not found
web-error-not-found-help = The address may be mistyped, or this page is not for the account in use.
web-error-forbidden = This account cannot do that
web-error-forbidden-help = It needs a permission that the position in use does not hold. If you hold several positions, switch to another.
web-error-signed-out = Please sign in
web-error-signed-out-help = Your session has ended or not begun. Sign in and try again.
web-error-invalid = Something is not right
web-error-invalid-help = Please go back and correct the following.
web-error-conflict = This has changed
web-error-stale-page = The page is older than this sign-in. Go back, reload it and send again; what you typed is still in your browser.
web-error-too-large = Too much data
web-error-too-large-help = A file may have up to 25 MB. Please make it smaller or split it.
web-error-too-many = Too many tries
web-error-too-many-help = Please wait a few minutes and try again.
web-error-busy = The system is busy
web-error-busy-help = Nothing was lost. Please try again in a few seconds.
web-error-inside = The system failed
web-error-inside-help = The failure is on record and lost nothing that was sent before. Try again; if it fails again, call the help line.
web-error-form = The form could not be read.
web-error-query = The address has a parameter that could not be read.
web-error-cursor = The place in the list is wrong.
web-error-body = The content is not JSON of the right shape.
web-error-idempotency-key = The header Idempotency-Key is missing (8 to 200 characters).
