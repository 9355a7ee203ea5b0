# Menu
notify-menu = Messages

# List
notify-title = Messages
notify-empty = There are no messages yet.
notify-unread = { $count ->
    [one] One message not read.
   *[other] { $count } messages not read.
}
notify-read-all = Mark all as read
notify-all-read = All messages are marked as read.
notify-message = Message
notify-at = At
notify-state = State
notify-new = New
notify-was-read = Read
notify-mail-to = Messages are sent to the mailbox { $mailbox } as well.
notify-mail-no-mailbox = You have given no mailbox, so messages stand on this page only.
notify-mail-off = No mail server is connected, so messages stand on this page only.

# Mails, which are always in Vietnamese
notify-mail-greeting = Dear Sir or Madam,
notify-mail-look = For details, please see: { $address }
notify-mail-help = This mail was sent automatically, please do not answer it. For help, please call { $hotline }.
notify-mail-demo = Sample data: none of the people, dossiers and figures in this mail exist.

# Why a mail could not be sent
notify-error-gone = The message is gone, so there is nothing to send.
notify-error-no-mailbox = The recipient has no mailbox that works.
