import { type Bytes, bytes, concat } from '../documents/bytes.js';

/** "Please close the door" at 60 dots an inch, written by @napi-rs/canvas: no browser writes AVIF. */
const NOTE =
  'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAqMAAAAoaWluZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAASwAAAA8AAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgSAAAAAAABNjb2xybmNseAACAAIAAoAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAAqttZGF0EgAKBjghZX2ySDKWBRRgC74AAsOAwrfDKksa+xz1yVRQtgC70wx+eF1w3FSTX/TfWQrn24tsLoVX/xFsDdjcopB4w4gbsqqNwzoJ3yMFHE5CwtBY/C9NEe26uXYD8rYGNne2POf3wsoM9oQXrUiLnENOxMr4hQcwAiTL2JEe9BqHEWJXQjWh0SJAOFpHzX/xcIOJQYtzdEAnbk6yUhbES+CIgK3OcncbEwKEKmbkDitCftNOBiM5xUFmFRalErAuKXaUGH5SvArSPDKRIT6V3Lei/n+cOktF/WJhE4QSlBaAtu91K+PgzLq1Es12/K5nnyBVG+OLUWS4bpR0vxvI2ULhPNARvG5su/MOCcnpeYzCJLb6YABPyL7qc/ib9+Z5MxrnBtrwA5LRq54cnWjGEaldimrITKNjPSW56qQbAu4djOgWCn+EZN91ihRZnnx0zlaGP2on6qj7C63d0mVYqZppIbUBtj7CjJuhTZTynnYWyi2vOrBPgeraUXCr+xthOjPONwxG3CVbQMabx58QlBVcNT0q0gbhSiConGcQsE13IlImG9K+jQ0TyntFGXeuYdsxqRobsZHn3FLFxDY6q1L33fh/RHzZUjQLMlk0K/U68LHULepJSWPoIviK/7dRSMS4hvbx3Mq0Vii1l63/iisysrlYXxLblUu1+FBpSUMMqBHOT2GSO/U0UE8DqtX6hHCQPYZelJxh9QPDP3q/d5M+t8UTKJ4NrJUHGvPn56kOMIdiwiWVl3R/rlcSr2e2X48AfRM0Dp6lGb/LiE2xl5EL4HdHEXsAik2jxo3E6inpcDH7EOw7vhEDppqhunkrge0i/CDUB6IVAmAxhG4Q8zqg3MOKPNhmHpmS3IXRg6Ka3Uh+MOMmEbs6L+5GpQzKsG6Q';

export const avif = (): Bytes => bytes(atob(NOTE));

/** A HEIC of no more than its boxes, one of which states these sizes. */
export function heic(...sizes: readonly (readonly [width: number, height: number])[]): Bytes {
  const stated = sizes.map((size) => box('ispe', u32(0), ...size.map(u32)));
  const meta = box('meta', u32(0), box('iprp', box('ipco', ...stated)));
  return concat(box('ftyp', bytes('heic'), u32(0), bytes('mif1heic')), meta);
}

function box(name: string, ...content: readonly Bytes[]): Bytes {
  const inside = concat(...content);
  return concat(u32(inside.length + 8), bytes(name), inside);
}

const u32 = (value: number): Bytes => Uint8Array.from([24, 16, 8, 0], (shift) => (value >>> shift) & 255);
