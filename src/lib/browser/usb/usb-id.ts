/** USB vendor and product as people write them. */

const hex4 = (id: number): string => id.toString(16).padStart(4, '0');

/** `0403:6001`. */
export const usbId = (vendorId: number, productId: number): string =>
	`${hex4(vendorId)}:${hex4(productId)}`;
