"""What words of the labour market mean: figures, pay, places, schooling, benefits. Shared, and pure."""
