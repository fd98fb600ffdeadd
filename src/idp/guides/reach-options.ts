import type { ReachOption } from './setup-guide.ts'

/** The ways to let a cloud service in, the simplest first. */
export const inboundWays: readonly ReachOption[] = [
  {
    name: 'A tunnel',
    text: 'cloudflared, ngrok or Tailscale Funnel publish the SCIM endpoint, and nothing else, under an https address. Publish the port of the SCIM endpoint, never that of this console.',
    needsInbound: true,
  },
  {
    name: 'Your reverse proxy',
    text: 'nginx, Caddy or a load balancer with a certificate of a public CA forwards /scim to this machine.',
    needsInbound: true,
  },
  {
    name: 'TLS on this machine',
    text: 'Start Rollcall with --host, --tls-cert and --tls-key, and open the port in the firewall for the addresses of the identity provider.',
    needsInbound: true,
  },
]
