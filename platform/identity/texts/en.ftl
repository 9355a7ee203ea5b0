identity-menu-group = Administration
identity-menu-accounts = Accounts
permission-identity-administer = Look after the agency's accounts
permission-identity-confirm = Confirm a person's identity by their card

# Signing in
identity-sign-in = Sign in
identity-login = Login name
identity-login-hint = Citizens: personal number, telephone or e-mail. Officers: the name you were given.
identity-password = Password
identity-no-account = No account yet?
identity-have-account = Have an account?
identity-continue = Continue
identity-demo-accounts = Sample accounts
identity-demo-accounts-note = One click signs you in with that role. These accounts exist in sample data only.
identity-demo-totp = Sample data: the code right now is { $code }.
identity-demo-code = Sample data sends no messages. The code is { $code }.
identity-step-ended = That took too long. Please sign in again.

# Further steps
identity-code-title = Enter the code
identity-code-help = Open the authenticator app on your phone and enter the six digits it shows.
identity-code = Code of six digits
identity-code-lost = Lost the phone? Ask your agency's administrator.
identity-first-password-title = Choose a password of your own
identity-first-password-help = The password you were given works for the first sign-in only. From now on only you know it.

# Password
identity-password-title = Change password
identity-password-help = Your other devices will be signed out.
identity-current-password = Current password
identity-new-password = New password
identity-password-hint = At least { $least } characters; a short sentence is best.
identity-password-again = New password again
identity-password-changed = The password was changed.

# Second factor
identity-second-factor-title = Two-step sign-in
identity-second-factor-first = Your position may sign or administer, so it needs a second step.
identity-second-factor-why = Besides the password, each sign-in asks for a code from your phone. A stolen password is not enough.
identity-second-factor-start = Begin
identity-second-factor-on = Turn on
identity-second-factor-off = Turn off
identity-second-factor-off-help = To turn it off, enter the code your app shows.
identity-second-factor-is-on = On
identity-second-factor-is-off = Off
identity-second-factor-done = Two-step sign-in is on.
identity-second-factor-gone = Two-step sign-in is off.
identity-enrol-app = Install an authenticator app on your phone (any TOTP app will do).
identity-enrol-scan = In the app, add an account and scan this picture:
identity-enrol-picture = QR code that holds the key
identity-enrol-type = Cannot scan? Type this key:
identity-enrol-code = Enter the six digits the app shows.

# Registration
identity-register = Register
identity-register-help = An account for citizens. You will get a code by telephone or e-mail.
identity-number = Personal number
identity-number-hint = 12 digits, printed on the identity card
identity-name = Full name
identity-name-hint = In full, as on the identity card
identity-birth-date = Date of birth
identity-contact = Telephone or e-mail
identity-contact-hint = To receive the code
identity-register-code = Enter the code
identity-register-code-help = A code of six digits was sent to { $to }. It is good for { $minutes } minutes.
identity-register-finish = Finish
identity-register-again = No code? Register again
identity-register-ended = The code has expired or was wrong too often. Please register again.

# My account
identity-account = My account
identity-assurance = Identification level
identity-assurance-1 = Level 1: telephone or e-mail confirmed
identity-assurance-2 = Level 2: an officer has compared the identity card
identity-positions = Positions
identity-position = Position
identity-agency = Agency
identity-until = Until
identity-use = Use
identity-acting-for = In the place of { $name }
identity-position-current = In use
identity-position-switch = Switch to
identity-switched = The position was switched.
identity-organisations = Organisations you act for
identity-tax-code = Tax code
identity-sessions = Signed-in devices
identity-sessions-help = If a device is not yours, end it and change your password.
identity-device = Device
identity-address = Network
identity-signed-in-at = Signed in
identity-seen-at = Last used
identity-end = End
identity-session-here = This device
identity-session-end = End
identity-sessions-end-others = Sign out all other devices
identity-session-revoked = Ended.
identity-with-second-factor = Two steps

# Tokens
identity-tokens = Access tokens for programs
identity-tokens-help = A program with such a token works in the position in use: { $position }.
identity-tokens-none = There is no token.
identity-token-name = Name of the token
identity-token-name-hint = For example the program that will use it
identity-token-created = Made
identity-token-used = Last used
identity-token-unused = Never
identity-token-revoke = Revoke
identity-token-revoked = The token was revoked.
identity-token-new = New token
identity-token-days = Days it is good for
identity-token-days-hint = At most { $longest } days
identity-token-create = Make token
identity-token-once = The new token is shown only now. Please copy it.

# Who looked at my data
identity-reads = Who looked at my data
identity-reads-help = Each time an officer opens your papers or dossiers, a line is written here.
identity-reads-none = Nobody has looked at your data.
identity-reads-at = When
identity-reads-who = Who
identity-reads-what = What
identity-reads-why = Why
identity-reads-program = The system

# Administration
identity-administer = Officers' accounts
identity-administer-none = There is no such account in your agency's scope.
identity-find = Find
identity-state = State
identity-do = Action
identity-in-use = In use
identity-blocked = Locked
identity-must-change = Password to be changed
identity-own-account = The account in use
identity-block = Lock
identity-unblock = Unlock
identity-reset-password = New password
identity-remove-second-factor = Remove two-step sign-in
identity-blocked-done = The account was locked.
identity-unblocked-done = The account was unlocked.
identity-handed-out = One-time password of { $handle }:
identity-handed-out-help = It is shown only now. Its receiver must choose another at the next sign-in.

# Errors
identity-error-wrong = The login name or the password is wrong.
identity-error-wait = Too many tries. Please try again in { $minutes } minutes.
identity-error-blocked = The account is locked. Ask your agency's administrator.
identity-error-no-position = The account holds no position today. Ask your agency's administrator.
identity-error-code = The code is wrong or was used before. Wait for the next one.
identity-error-register-code = The code is wrong. { $left } tries left.
identity-error-current-password = The current password is wrong.
identity-error-password-short = The password is too short.
identity-error-password-long = The password is too long (at most 200 characters).
identity-error-password-login = The password must not be the login name.
identity-error-password-plain = The password must not be one character repeated.
identity-error-password-again = The two passwords differ.
identity-error-password-same = The new password must differ from the present one.
identity-error-number = A personal number has exactly 12 digits, as on the identity card.
identity-error-number-known = This number cannot be registered online. If you have an account, sign in; if not, bring your card to the one-stop desk.
identity-error-name = Please give the full name.
identity-error-birth-date = The date of birth is wrong.
identity-error-contact = Please give a telephone number in Vietnam or an e-mail address.
identity-error-no-sender = Codes cannot be sent yet. Bring your card to the one-stop desk to open an account.
identity-error-login-taken = Somebody has this login name already.
identity-error-enrolment-stale = Two-step sign-in was changed on another device. Please open the page again.
identity-error-second-factor-required = Your position must use two-step sign-in.
identity-error-token-name = Please name the token (at most 100 characters).
identity-error-token-days = The number of days is wrong.
identity-error-token-holding = This position is no longer in force.
identity-error-token-made = This token was made already. If you did not copy it, revoke it and make another.
identity-error-own-account = You cannot lock or reset the account in use.
identity-error-grant-days = The last day must not lie before the first.

# Organisations and who represents them
identity-menu-representatives = Representatives of organisations
identity-organisations-see = See the organisations I represent
identity-organisations-title = Organisations I represent
identity-organisations-none = No organisation has you as its representative yet.
identity-organisations-how = To file for an enterprise or organisation, its legal representative brings their identity card and its certificate of registration (or the decision that founded it) to the one-stop desk, where it is confirmed.
identity-organisations-level = An account needs identification level 2 to act for an organisation.
identity-organisation-address = Address
identity-represents-since = Represents since
identity-represents-until = Through
identity-represents-as = As
identity-represents-legal = Legal representative
identity-represents-named = Named by one
identity-representatives-of = Who may act for { $name }
identity-representative = Who acts
identity-take-back = Take back
identity-taken-back = Taken back. This person no longer acts for the organisation.
identity-name-title = Name a further person
identity-name-help = Whoever is named files and follows the organisation's dossiers with their own account through the day chosen. You may take it back at any time.
identity-name-organisation = Organisation
identity-name-until = Through
identity-name-send = Name
identity-named-done = Named.
identity-representatives-title = Representatives of enterprises and organisations
identity-representatives-find = Tax code (enterprise number)
identity-representatives-unknown = No organisation in the directory has this number. Confirming its representative adds it.
identity-representatives-nobody = Nobody represents this organisation now.
identity-confirm-title = Confirm a representative
identity-confirm-name = Name of the organisation as on its certificate
identity-confirm-address = Address of its seat
identity-confirm-number = Personal number of the representative
identity-confirm-number-hint = Their account must have identification level 2.
identity-confirm-from = Represents since
identity-confirm-to = Through (if it ends)
identity-confirm-seen = I have compared the identity card and the papers that prove the representation
identity-confirm-send = Confirm
identity-confirmed-done = The representative is confirmed.
identity-representation-end = End
identity-representation-ended = The representation has ended.
identity-error-tax-code = The tax code of an organisation has 10 digits, that of a dependent unit 13; please check it.
identity-error-organisation = Please choose the organisation.
identity-error-organisation-name = Please give the name of the organisation (at most 300 characters).
identity-error-organisation-address = Please give the address of its seat (at most 300 characters).
identity-error-representative = No account of identification level 2 has this number.
identity-error-representative-name = No account of identification level 2 has this number and name.
identity-error-represent-oneself = Nobody confirms themselves.
identity-error-represent-day = Please choose a day.
identity-error-represent-until = Please choose today or a later day.
identity-error-seen = Please confirm that you compared the papers.
identity-error-assurance = This needs an account of identification level 2. Bring your identity card to the one-stop desk.

## dynamic: identity-demo-
identity-demo-communes = Wards and communes
identity-demo-departments = Departments
identity-demo-citizens = Citizens
