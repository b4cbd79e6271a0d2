recovery-sheet = Recovery sheet
