"""The provider states, by what they are about."""
