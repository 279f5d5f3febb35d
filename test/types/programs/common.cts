// A CommonJS module.
import classer = require('classer-ai');

export const answer = (text: string) => classer.classify({ text, labels: ['a', 'b'] });
export const client = new classer.ClasserClient({ timeout: 3 });
export const isOurs = (error: unknown): error is classer.ClasserError => error instanceof classer.ClasserError;
