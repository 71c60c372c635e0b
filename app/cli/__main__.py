"""`python -m app.cli`, for where the program is not on the path."""

from app.cli.program import main

main()
