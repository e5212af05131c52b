// Exit codes of every command.
export const exitCodes = { allDone: 0, wrongUse: 2, someFailed: 3, interrupted: 130 } as const;
