/** Whether the desktop app serves this page: it gives it a port instead of a server, and wants no sign-in. */
export const isDesktop = document.querySelector<HTMLMetaElement>('meta[name=rollcall-host]')?.content === 'desktop'
