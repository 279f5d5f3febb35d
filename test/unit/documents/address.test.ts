import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress } from '../../../src/documents/address.js';

test.for([
  '1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '192.167.1.1', '100.63.255.255', '2606:4700::1111', '2a00:1450:4001::8',
  '[2606:4700::1111]', '::ffff:8.8.8.8', '64:ff9b::808:808',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
}); // biome-ignore format: a list is easier to read as a block

test.for([
  '0.0.0.0', '10.0.0.1', '127.0.0.1', '127.255.255.255', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.0.1',
  '100.64.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '255.255.255.255', '::', '::1',
  'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1',
  '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '3fff::1', '', 'localhost', '1.2.3', '1.2.3.256', ':::',
  '1::2::3', '1:2:3:4:5:6:7:8:9', 'g::1',
])('%j is not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
}); // biome-ignore format: a list is easier to read as a block

test('an IPv4 address is as public as the same one mapped into IPv6', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
    }),
  );
});

test('whatever it is asked, it answers', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.ipV6()), (text) => typeof isPublicAddress(text) === 'boolean'));
});
