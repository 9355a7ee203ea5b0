-- Strangers are counted by identity now.
DROP TABLE feedback_sendings;
