"""How fast campaigncheck is, and the made-up data to measure it on."""
