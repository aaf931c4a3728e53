"""The nearest windows and changes with which a campaign would pass, checked again against everything else."""
