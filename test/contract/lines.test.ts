/** Every transport keeps the promises of a line. One entry per transport. */
import { describe, it } from 'vitest';
import { keepPromise, LINE_PROMISES, type LineMaker } from './line-contract.ts';
import { memoryLine } from './makers/memory.ts';
import { usbOnFakes } from './makers/usb.ts';
import { webSerialOnFake } from './makers/web-serial.ts';

const MAKERS: readonly LineMaker[] = [memoryLine, webSerialOnFake, ...usbOnFakes];

describe.each(MAKERS)('a line over $name', (maker) => {
	it.each(LINE_PROMISES)('$name', (promise) => keepPromise(maker, promise));
});
