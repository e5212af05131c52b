// Raise with every change of what a conversion writes: models converted by an older version are converted anew.
export const converterVersion = 1;
