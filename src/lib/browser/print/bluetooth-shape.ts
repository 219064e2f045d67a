/** Web Bluetooth as far as it is used here (https://webbluetoothcg.github.io/web-bluetooth/). */

export interface GattCharacteristicShape {
	readonly properties: { readonly write: boolean; readonly writeWithoutResponse: boolean };
	writeValueWithResponse(octets: Uint8Array<ArrayBuffer>): Promise<void>;
	writeValueWithoutResponse(octets: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface GattServerShape {
	readonly connected: boolean;
	connect(): Promise<GattServerShape>;
	disconnect(): void;
	getPrimaryService(
		service: string,
	): Promise<{ getCharacteristic(characteristic: string): Promise<GattCharacteristicShape> }>;
}

export interface BluetoothDeviceShape {
	readonly id: string;
	readonly name?: string | undefined;
	readonly gatt?: GattServerShape | undefined;
}

/** `navigator.bluetooth`. */
export interface BluetoothShape {
	requestDevice(options: {
		readonly filters: readonly { readonly services: readonly string[] }[];
		readonly optionalServices: readonly string[];
	}): Promise<BluetoothDeviceShape>;
	/** Devices that were chosen before; not in every browser. */
	getDevices?(): Promise<readonly BluetoothDeviceShape[]>;
}
