/** Whether this browser shows notifications for us. Asking is done in a tap, and nowhere else. */

/** `none`: the browser has none, such as in some in-app browsers. */
export type Granted = 'granted' | 'denied' | 'default' | 'none';

export function notificationsGranted(): Granted {
	return 'Notification' in globalThis ? Notification.permission : 'none';
}

/** To be called in a tap. */
export async function askForNotifications(): Promise<Granted> {
	if (notificationsGranted() !== 'default') return notificationsGranted();
	try {
		return await Notification.requestPermission();
	} catch {
		return notificationsGranted();
	}
}

/** By way of the service worker, which a tap on it then wakes. Answers whether it was shown. */
export async function showNotification(
	title: string,
	options: NotificationOptions,
): Promise<boolean> {
	try {
		const registration = await navigator.serviceWorker?.getRegistration();
		if (!registration || notificationsGranted() !== 'granted') return false;
		await registration.showNotification(title, options);
		return true;
	} catch {
		return false;
	}
}
