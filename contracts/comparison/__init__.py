"""What a change of a contract breaks: two versions of a document compared, and each difference judged."""
