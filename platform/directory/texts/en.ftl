directory-menu-group = Province
directory-menu-agencies = Agencies
permission-directory-staff = See who holds which position

# List of agencies
directory-list-title = Agencies of the province
directory-words = Find an agency
directory-words-hint = Name, notation or identifier code; with or without diacritics
directory-name = Name
directory-kind = Kind of agency
directory-tier = Tier
directory-day = Day
directory-day-hint = Leave empty for today; pick an earlier day to see the agencies of that time
directory-show = Show
directory-all-kinds = All kinds
directory-all-tiers = All tiers
directory-shown-day = These are the agencies of { $day }.
directory-show-today = Show today
directory-none = There is no such agency on this day.

directory-tier-province = Province
directory-tier-district = District
directory-tier-commune = Commune

directory-kind-province-committee = People’s Committee of the province
directory-kind-district-committee = People’s Committee of a district
directory-kind-commune-committee = People’s Committee of a commune
directory-kind-department = Department or equivalent
directory-kind-inspectorate = Provincial inspectorate
directory-kind-zone-authority = Economic and industrial zone authority
directory-kind-police = Police
directory-kind-tax = Tax authority
directory-kind-social-insurance = Social insurance
directory-kind-treasury = State treasury
directory-kind-post = Post

# One agency
directory-ended = This agency ended after { $day }.
directory-heir = Its work is now done by:
directory-code = Identifier code
directory-code102 = Code by QCVN 102:2016/BTTTT
directory-notation = Notation of documents
directory-parent = Agency above
directory-since = Exists since
directory-basis = Legal basis
directory-history = Succession
directory-before = Before { $day }:
directory-after = From { $day }:
directory-part = (in part)
directory-units = Units on { $day }
directory-no-units = No units on this day.
directory-seats = Positions: { $count }
directory-unit = Unit
directory-unit-seats = Positions
directory-staff = Who holds which position
directory-position = Position
directory-person = Name
directory-acting-for = authorised by { $name }

# Errors
directory-error-day = This is no day; write year-month-day, such as 2020-06-01.
directory-error-number-taken = Somebody else in the directory has this personal number.
directory-error-holds-already = This person holds that position during the chosen time.
directory-error-ended-already = This has ended before.
directory-error-ends-before = The last day stands before the first.
directory-error-no-position-then = The position does not exist during the chosen time.
directory-error-acting-without-end = An authorisation must name its last day.
directory-error-giver = Who authorises does not hold that position on the first day.
