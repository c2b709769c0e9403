"""A world to develop against: who is in it and how they speak, what it begins with, where it is kept, who is told."""
