/**
 * Every transport keeps the promises of a line. A new one is one more entry; Web Serial in a real browser
 * keeps them in `test/e2e/serial.test.ts`.
 */
import { describe, it } from 'vitest';
import { hasSocat, NO_SOCAT } from '../harness/pty.ts';
import { keepPromise, LINE_PROMISES, type LineMaker } from './line-contract.ts';
import { ptyLines, tcpLines } from './makers/bridge.ts';
import { memoryLine } from './makers/memory.ts';
import { simulatedLine } from './makers/simulated.ts';
import { usbOnFakes } from './makers/usb.ts';
import { webSerialOnFake } from './makers/web-serial.ts';
import { workerLine } from './makers/worker.ts';

const MAKERS: readonly LineMaker[] = [
	memoryLine,
	simulatedLine,
	workerLine,
	webSerialOnFake,
	...usbOnFakes,
	...tcpLines,
];

describe.each(MAKERS)('a line over $name', (maker) => {
	it.each(LINE_PROMISES)('$name', (promise) => keepPromise(maker, promise));
});

const socat = hasSocat();

describe.each(ptyLines)('a line over $name', (maker) => {
	it.for(LINE_PROMISES)('$name', async (promise, { skip }) => {
		if (!socat) skip(NO_SOCAT);
		await keepPromise(maker, promise);
	});
});
