"""What a campaign costs after its launch: complaints because of what is left, beside repairing it before."""
