/** Where the hosted API answers. Nothing is sent there unless a program asks for it. */
export const HOSTED = 'https://api.classer.ai';
