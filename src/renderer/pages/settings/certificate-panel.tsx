import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Certificate, EndpointConfiguration } from '../../../contract/endpoint.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { dateText, relativeTimeText } from '../../components/text/time-text.ts'
import { useFormState } from '../../components/form/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'
import { GivenAtStart } from './given-at-start.tsx'

const soonMs = 14 * 86_400_000

function Validity({ certificate }: { readonly certificate: Certificate }) {
  const now = useNow()
  const { validFrom, validTo } = certificate
  const until = `${dateText(validTo)}, ${relativeTimeText(validTo, now)}`
  if (now > validTo) return <StateBadge meaning="failure" word={`Expired on ${until}`} />
  if (now < validFrom) return <StateBadge meaning="failure" word={`Valid only from ${dateText(validFrom)}`} />
  if (validTo - now < soonMs) return <StateBadge meaning="attention" word={`Expires on ${until}`} />
  return <StateBadge meaning="ok" word={`Valid until ${until}`} />
}

function InUse({ certificate }: { readonly certificate: Certificate }) {
  const { subject, issuer, names, fingerprint, isSelfSigned } = certificate
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          ['Validity', <Validity key="validity" certificate={certificate} />],
          ['For', subject],
          ['Names', names.join(', ')],
          ['Signed by', isSelfSigned ? 'itself' : issuer],
          ['SHA-256', <code key="fingerprint">{fingerprint}</code>],
        ]}
      />
      {isSelfSigned && (
        <Notice meaning="attention">
          It vouches for itself. Identity providers in the cloud accept only a certificate of a public CA.
        </Notice>
      )}
    </Stack>
  )
}

/** The certificate with which the endpoint itself speaks TLS. */
export function CertificatePanel({ configuration }: { readonly configuration: EndpointConfiguration }) {
  const { tls, tlsProblem, certificate } = configuration
  const engine = useEngine()
  const [cert, setCert] = useState(tls.value?.cert ?? '')
  const [key, setKey] = useState(tls.value?.key ?? '')
  const save = useMutation(engine.endpoint.configure.mutationOptions())
  const renew = useMutation(engine.endpoint.renewCertificate.mutationOptions())
  const isChanged = cert.trim() !== (tls.value?.cert ?? '') || key.trim() !== (tls.value?.key ?? '')
  useFormState(isChanged, save)
  const isFixed = tls.origin === 'start'

  function submit(event: FormEvent): void {
    event.preventDefault()
    const isNone = cert.trim() === '' && key.trim() === ''
    save.mutate({ tls: isNone ? null : { cert: cert.trim(), key: key.trim() } })
  }

  return (
    <Panel
      title="TLS certificate"
      actions={
        tls.value !== null &&
        certificate && (
          <Button size="compact-xs" variant="default" loading={renew.isPending} onClick={() => renew.mutate({})}>
            Read the files again
          </Button>
        )
      }
    >
      <Stack gap="md">
        {certificate ? (
          <InUse certificate={certificate} />
        ) : (
          <Notice meaning="information">
            The endpoint speaks plain HTTP, which is right behind a tunnel or a proxy on this machine that speaks TLS
            itself.
          </Notice>
        )}
        {renew.data && (
          <Notice meaning="ok" isNew>
            {renew.data.outcome === 'renewed'
              ? 'The new certificate is in use for every new connection.'
              : 'The files hold the certificate that is in use already.'}
          </Notice>
        )}
        <Problem error={renew.error} title="The certificate before stays in use." />
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label="Certificate chain"
              description="The whole path of a PEM file on the server: the certificate first, then those of its CAs."
              placeholder="/etc/rollcall/fullchain.pem"
              value={cert}
              disabled={isFixed}
              onChange={(event) => setCert(event.currentTarget.value)}
            />
            <TextInput
              label="Private key"
              description="A PEM file without a passphrase, which this user can read."
              placeholder="/etc/rollcall/privkey.pem"
              value={key}
              disabled={isFixed}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
            {tlsProblem !== null && !isChanged && (
              <Notice
                meaning="attention"
                title="These files are set, but identity providers will not get through"
                isNew
              >
                {tlsProblem}
              </Notice>
            )}
            <GivenAtStart origin={tls.origin} option="--tls-cert, --tls-key" />
            <Problem error={save.error} title="The certificate was not saved." />
            <Group gap="sm">
              <SaveButton variant="default" isOff={!isChanged || isFixed} isBusy={save.isPending}>
                {cert.trim() === '' && key.trim() === '' && tls.value ? 'Save: no TLS' : 'Save the certificate'}
              </SaveButton>
            </Group>
          </Stack>
        </form>
        {tls.value !== null && (
          <Notice meaning="information">
            Files that are renewed on the disk, as by certbot, are noticed within half a minute and used without a
            restart.
          </Notice>
        )}
      </Stack>
    </Panel>
  )
}
