/** The browser's locks, looked up when they are needed: the module is loaded on a server too. */
export const PAGE_LOCKS: Pick<LockManager, 'request'> = {
	request: ((...asked: Parameters<LockManager['request']>) =>
		navigator.locks.request(...asked)) as LockManager['request'],
};
