"""The SFTP channel: a provider's file server, where each partner has a mailbox of its own."""
