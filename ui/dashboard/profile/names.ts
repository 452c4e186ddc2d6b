/** publicName is the name that users read; the same as rejoin.Agent.PublicName. */
export const publicName = (a: { name: string; nickname?: string }) => a.nickname?.trim() || a.name.trim();
