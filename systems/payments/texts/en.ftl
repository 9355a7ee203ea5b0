payments-menu-mine = Fees
payments-menu-desk = Fees
payments-menu-list = Charges
permission-payments-read = See charges
permission-payments-collect = Take money, confirm that it came
permission-payments-refund = Confirm refunds

payments-state-open = To be paid
payments-state-paying = Being paid
payments-state-paid = Paid
payments-state-refund-asked = To be refunded
payments-state-refunded = Refunded
payments-state-cancelled = No longer due
payments-way-gateway = Payment gateway
payments-way-transfer = Bank transfer
payments-way-cash = Cash
payments-tried-begun = No result yet
payments-tried-paid = Succeeded
payments-tried-failed = Failed

payments-state-forbids = The charge is no longer in a state that allows this.
payments-moved-on = The charge has changed. Open the page again.
payments-not-due = This is no longer due.
payments-way-closed = This way to pay is not open yet.
payments-receipt-not-ready = The receipt is being made.

# Lists, one charge
payments-mine-title = What you owe
payments-mine-none = You have nothing to pay.
payments-desk-title = Charges
payments-desk-none = There are no charges.
payments-all = All
payments-column-code = Dossier
payments-column-amount = Amount
payments-column-state = State
payments-column-asked = Asked for at
payments-column-agency = Agency
payments-column-item = Charge
payments-column-order = Payment code
payments-column-way = Way
payments-column-transaction = Transaction
payments-column-verdict = Conclusion
payments-items = What is to be paid
payments-total = Total
payments-show-title = Payment for dossier { $code }
payments-show-to = Paid to
payments-show-subject = See the dossier
payments-show-failed = The last payment failed. Nothing was charged for this dossier; please try again.
payments-look-again = Look again

# Paying
payments-pay = Choose how to pay
payments-pay-gateway = Pay online
payments-pay-transfer = Transfer by VietQR code
payments-pay-cash = You can also pay cash at the desk that received the dossier.
payments-onward-title = The payment gateway is waiting
payments-onward-help = Pay at the gateway and come back here. A payment counts once the gateway has confirmed it to the agency.
payments-onward = To the payment gateway
payments-transfer-title = Bank transfer
payments-transfer-picture = VietQR code of this transfer; what it holds is written below
payments-transfer-account = Account number
payments-transfer-name = Account name
payments-transfer-bank = Bank code
payments-transfer-purpose = Purpose of the transfer
payments-transfer-help = Give exactly this purpose. The agency records the money when it is on the account, mostly on the same working day.

# Receipt
payments-receipt = Receipt
payments-receipt-number = Receipt number
payments-receipt-download = Download the receipt (PDF)
payments-receipt-print = Print the receipt (PDF)

# At the desk
payments-cash-title = Take cash
payments-cash-help = Take all of the cash, then press; the receipt is made at once.
payments-cash-take = Cash received in full
payments-came-title = The transfer has come
payments-came-reference = Number of the entry on the statement
payments-came-say = Confirm that it came
payments-reference-missing = Give the number of the entry, at most 64 characters
payments-reference-used = This entry was used for another charge
payments-refund-title = Refund
payments-refund-reference = Number of the refund
payments-refund-say = Refunded
payments-attempts = Attempts to pay
payments-attempts-none = Nobody has tried to pay yet.
payments-heard = What the gateway said
## dynamic: payments-verdict-
payments-verdict-taken = Recorded
payments-verdict-repeated = Said again, ignored
payments-verdict-unknown-order = No such payment code
payments-verdict-wrong-amount = Wrong amount, not recorded
payments-verdict-wrong-transaction = The transaction belongs to another charge, not recorded
payments-verdict-paid-twice = Paid twice, to be given back
payments-verdict-goes-back = No longer due, to be refunded
payments-verdict-undecided = No result yet
payments-told-collected = The money is recorded. The receipt is being made.
payments-told-transfer = The transfer is recorded.
payments-told-refunded = The refund is recorded.

# Gateway of the demo
payments-gateway-title = Demonstration payment gateway
payments-gateway-demo = This page is a demonstration. There is no bank behind it and nobody is charged.
payments-gateway-pay = Pay
payments-gateway-leave = Leave
payments-gateway-silent = Pay, but tell nobody

# Deliveries
payments-error-no-gateway = No payment gateway is set up.
payments-error-answer = The gateway's answer does not read, or is wrongly signed.
payments-error-pending = The payer is still at it.
payments-error-unknown = The gateway does not know this payment code.

# Messages
payments-message-paid = { $amount } was received for dossier { $code }. The receipt is on the page of the payment.
payments-message-refund-asked = { $amount } of dossier { $code } will be given back to you.
payments-message-refunded = { $amount } of dossier { $code } was refunded.

# Reconciliation
payments-menu-statements = Reconciliation
permission-payments-reconcile = Reconcile with gateway and banks
payments-statements-title = Reconciliation
payments-statements-none = No day was reconciled yet.
payments-statement-title = Reconciliation of { $day }
payments-statement-day = Day
payments-statement-file = File of the gateway or the bank
payments-statement-file-hint = A CSV file with the columns order, transaction, amount
payments-statement-read = Reconcile
payments-statement-open = Open differences
payments-day-missing = Choose the day
payments-day-not-over = Only a day that is over can be reconciled
payments-day-twice = This day was reconciled already
payments-file-missing = Choose the file
payments-file-unreadable = The file does not read; it has to be CSV
payments-file-columns = The file lacks the column order, transaction or amount
payments-file-line = The file has a line that does not read; amounts are digits only
payments-file-too-long = The file is too long for one day
payments-outcomes = Outcome
payments-outcome = Outcome
payments-outcome-matched = Matched
payments-outcome-refunded = Matched, refunded
payments-outcome-only-ours = Only ours
payments-outcome-only-theirs = Only theirs
payments-outcome-amount-differs = Amount differs
payments-reason-only-ours = Recorded here, but not in the file: perhaps in the next day's, or the gateway has to be asked.
payments-reason-only-theirs = In the file, but not recorded here: paid twice, wrong code or wrong amount; see the charge and refund if needed.
payments-reason-amount-differs = Both sides have another amount: compare with the bank's statement.
payments-difference-whose = Dealt with by the cash office of
payments-difference-note = What was found out
payments-difference-close = Close the difference
payments-difference-closed = Closed
payments-note-missing = Say what was found out, in at most 500 characters
payments-lines = Number of lines
payments-lines-title = Lines
payments-lines-all = See all lines
payments-lines-none = There are no lines.
payments-ours = Ours
payments-theirs = Theirs
payments-income = Income by agency and fee
payments-told-closed = The difference is closed.

# Reconciliation
payments-partner = Payment gateway, banks
