import { failure } from '../contract/errors.js';

const KEY = /^[a-z0-9._-]{1,100}$/;

/** A key that every kind of store can keep apart from all others; anything else is a mistake of ours. */
export function checkKey(key: string): string {
  if (KEY.test(key) && !/^\.+$/.test(key)) return key;
  throw failure('INTERNAL', `${JSON.stringify(key)} is no key of a record.`);
}

/** The folder and name of a file. */
export function splitName(name: string): [folder: string, name: string] {
  const [folder = '', file = ''] = name.split('/');
  return [checkKey(folder), checkKey(file)];
}

/** The error of a file that is not there. */
export const missing = (name: string) => failure('INTERNAL', `There is no stored file ${name}.`);
