import { test } from 'vitest';
import { BAD_INPUT } from '../support/bad-input.js';
import { badInputInJs } from '../support/expect-bad-input.js';

test.for([...BAD_INPUT])('$name', badInputInJs());
