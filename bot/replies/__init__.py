"""What the bot does and says for each intent, a module for each kind of matter."""
