/**
 * Web Serial as far as it is used here (WICG, https://wicg.github.io/serial/): TypeScript's DOM library does
 * not know it yet, and a test brings its own.
 */

export interface SerialFilter {
	readonly usbVendorId: number;
	readonly usbProductId?: number;
}

export interface SerialInfo {
	readonly usbVendorId?: number;
	readonly usbProductId?: number;
}

export interface SerialOpening {
	readonly baudRate: number;
	readonly dataBits: 7 | 8;
	readonly parity: 'none' | 'even' | 'odd';
	readonly stopBits: 1;
	/** Octets the browser keeps for a reader that is slow. */
	readonly bufferSize: number;
	readonly flowControl: 'none';
}

export interface SerialPortShape extends EventTarget {
	/** Whether the device is there; not in every browser that has Web Serial. */
	readonly connected?: boolean;
	/** Null while closed, and once the device is lost. A new stream after each error that is survived. */
	readonly readable: ReadableStream<Uint8Array> | null;
	readonly writable: WritableStream<Uint8Array> | null;
	getInfo(): SerialInfo;
	open(opening: SerialOpening): Promise<void>;
	setSignals(signals: {
		readonly dataTerminalReady: boolean;
		readonly requestToSend: boolean;
	}): Promise<void>;
	close(): Promise<void>;
}

/** `navigator.serial`: fires `connect` and `disconnect` at a port of its own. */
export interface SerialShape extends EventTarget {
	getPorts(): Promise<readonly SerialPortShape[]>;
	requestPort(options: { readonly filters?: readonly SerialFilter[] }): Promise<SerialPortShape>;
}
