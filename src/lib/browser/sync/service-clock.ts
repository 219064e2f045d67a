/**
 * The time by the backend, as far as this device knows it: heard with every look at the backend, kept over a
 * reload. Nothing that keeps money depends on it; it is what people are told.
 */
import { serviceTime, type HeardTime, type ServiceTime } from '#lib/core/units/service-time.ts';
import { device } from '#lib/browser/device/device.ts';

const KEPT = 'tokenline-heard-time';

let heard: HeardTime | null | undefined;

/** What time it is now. */
export function serviceNow(): ServiceTime {
	heard ??= readKept();
	return serviceTime(heard, device.nowMs());
}

/** The backend said what time it is, epoch milliseconds. */
export function hearServiceTime(serviceMs: number): void {
	if (!Number.isFinite(serviceMs)) return;
	heard = { serviceMs, deviceMs: device.nowMs() };
	try {
		localStorage.setItem(KEPT, JSON.stringify(heard));
	} catch {
		// A full or closed storage: it is known for as long as this page lives.
	}
}

function readKept(): HeardTime | null {
	try {
		const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Partial<HeardTime> | null;
		const { serviceMs, deviceMs } = kept ?? {};
		return Number.isFinite(serviceMs) && Number.isFinite(deviceMs)
			? ({ serviceMs, deviceMs } as HeardTime)
			: null;
	} catch {
		return null;
	}
}
