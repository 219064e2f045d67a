/**
 * WebUSB as far as it is used here (WICG, https://wicg.github.io/webusb/): TypeScript's DOM library does not
 * know it, and a test brings its own.
 */

export interface UsbEndpointShape {
	readonly endpointNumber: number;
	readonly direction: 'in' | 'out';
	readonly type: 'bulk' | 'interrupt' | 'isochronous';
	readonly packetSize: number;
}

export interface UsbInterfaceShape {
	readonly interfaceNumber: number;
	readonly alternate: {
		readonly interfaceClass: number;
		readonly interfaceSubclass: number;
		readonly endpoints: readonly UsbEndpointShape[];
	};
}

export interface UsbConfigurationShape {
	readonly configurationValue: number;
	readonly interfaces: readonly UsbInterfaceShape[];
}

export interface UsbControlSetup {
	readonly requestType: 'vendor' | 'class';
	readonly recipient: 'device' | 'interface';
	readonly request: number;
	readonly value: number;
	readonly index: number;
}

export type UsbStatus = 'ok' | 'stall' | 'babble';

export interface UsbDeviceShape {
	readonly vendorId: number;
	readonly productId: number;
	readonly productName?: string | null | undefined;
	readonly serialNumber?: string | null | undefined;
	readonly configuration: UsbConfigurationShape | null;
	readonly configurations: readonly UsbConfigurationShape[];
	open(): Promise<void>;
	close(): Promise<void>;
	selectConfiguration(value: number): Promise<void>;
	claimInterface(interfaceNumber: number): Promise<void>;
	releaseInterface(interfaceNumber: number): Promise<void>;
	controlTransferOut(
		setup: UsbControlSetup,
		content?: Uint8Array<ArrayBuffer>,
	): Promise<{ readonly status: UsbStatus }>;
	controlTransferIn(
		setup: UsbControlSetup,
		length: number,
	): Promise<{ readonly status: UsbStatus; readonly data?: DataView | null | undefined }>;
	transferIn(
		endpoint: number,
		length: number,
	): Promise<{ readonly status: UsbStatus; readonly data?: DataView | null | undefined }>;
	transferOut(
		endpoint: number,
		content: Uint8Array<ArrayBuffer>,
	): Promise<{ readonly status: UsbStatus }>;
	clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>;
}

export interface UsbFilter {
	readonly vendorId?: number;
	readonly productId?: number;
	readonly classCode?: number;
}

/** `navigator.usb`. */
export interface UsbShape extends EventTarget {
	getDevices(): Promise<readonly UsbDeviceShape[]>;
	requestDevice(options: { readonly filters: readonly UsbFilter[] }): Promise<UsbDeviceShape>;
}
