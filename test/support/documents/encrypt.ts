import { type Bytes, bytes, concat } from './bytes.js';

/** Encrypts a PDF's streams. */
export interface Cipher {
  /** The encryption dictionary. */
  readonly dictionary: string;
  encrypt(content: Bytes): Promise<Bytes>;
}

const sha256 = async (content: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', content));

async function aes(key: Bytes, iv: Bytes, content: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, imported, content));
}

/** AES-256 as of PDF 1.7, extension level 3 (revision 5). */
export async function withPassword(password: string): Promise<Cipher> {
  const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
  const key = random(32);
  const none = new Uint8Array(16);
  const entry = async (extra: Bytes) => {
    const [check, salt] = [random(8), random(8)];
    const secret = bytes(password);
    const hash = concat(await sha256(concat(secret, check, extra)), check, salt);
    // Encrypted without padding: the last block is the padding's.
    const sealed = (await aes(await sha256(concat(secret, salt, extra)), none, key)).slice(0, 32);
    return { hash, sealed };
  };
  const user = await entry(new Uint8Array());
  const owner = await entry(user.hash);
  const hex = (content: Uint8Array) => `<${Array.from(content, (b) => b.toString(16).padStart(2, '0')).join('')}>`;
  return {
    dictionary: [
      '<< /Filter /Standard /V 5 /R 5 /Length 256 /P -4 /StmF /StdCF /StrF /StdCF',
      '/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >>',
      `/U ${hex(user.hash)} /UE ${hex(user.sealed)} /O ${hex(owner.hash)} /OE ${hex(owner.sealed)}`,
      `/Perms ${hex(random(16))} >>`,
    ].join('\n'),
    async encrypt(content) {
      const iv = random(16);
      return concat(iv, await aes(key, iv, content));
    },
  };
}
