"""What all channels have in common that exchange files: requests that come in a file, facts that go out in one."""
