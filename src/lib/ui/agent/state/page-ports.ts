export const pagePorts = undefined as never;
