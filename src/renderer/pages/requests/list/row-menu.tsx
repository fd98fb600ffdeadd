import { Menu } from '@mantine/core'
import { Copy, Diff, Eye, EyeOff, FlaskConical, Link2, Pin, PinOff, Terminal } from 'lucide-react'
import type { RequestTerm } from '../../../../contract/request-filter.ts'
import type { Request } from '../../../../contract/requests.ts'
import { isRead } from '../../../components/text/request-text.ts'
import { isDesktop } from '../../../host.ts'
import { useIntegrationNames } from '../../../rpc/use-integration-names.ts'
import { likenesses, type Likeness } from '../filter/like-terms.ts'
import type { RequestActions } from '../use-request-actions.ts'

/** The request whose menu is open, and where on the screen. */
export interface OpenMenu {
  readonly request: Request
  readonly anchor: HTMLElement
}

interface RowMenuProps {
  readonly menu: OpenMenu | undefined
  readonly actions: RequestActions
  /** The open request, with which another one can be compared. */
  readonly openId: number | undefined
  readonly onClose: () => void
  readonly onOnly: (term: RequestTerm) => void
  readonly onWithout: (term: RequestTerm) => void
  readonly onCompare: (id: number) => void
  readonly onReplay: (id: number) => void
}

const icon = { size: 14, 'aria-hidden': true } as const

/** What can be done with a request of the list: one menu, which stands where it was asked for. */
export function RowMenu(props: RowMenuProps) {
  const { menu, actions, openId, onClose, onOnly, onWithout } = props
  const box = menu?.anchor.getBoundingClientRect()
  const request = menu?.request
  const nameOf = useIntegrationNames()
  const alike = request ? likenesses(request, nameOf(request.integration ?? '', request.at)) : []
  return (
    <Menu
      opened={menu !== undefined}
      onClose={onClose}
      position="bottom-end"
      width={260}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <span
          aria-hidden
          style={{
            position: 'fixed',
            left: box?.left ?? 0,
            top: box?.top ?? 0,
            width: box?.width ?? 0,
            height: box?.height ?? 0,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Request ${request?.id ?? ''}`}>
        {request && (
          <>
            <Menu.Sub>
              <Menu.Sub.Target>
                <Menu.Sub.Item leftSection={<Eye {...icon} />}>Only requests like this</Menu.Sub.Item>
              </Menu.Sub.Target>
              <Menu.Sub.Dropdown>
                {[...alike, ...times(request)].map(({ label, term }) => (
                  <Menu.Item key={label} className="truncated" onClick={() => onOnly({ ...term, isExcluded: false })}>
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Sub.Dropdown>
            </Menu.Sub>
            <Menu.Sub>
              <Menu.Sub.Target>
                <Menu.Sub.Item leftSection={<EyeOff {...icon} />}>Leave out requests like this</Menu.Sub.Item>
              </Menu.Sub.Target>
              <Menu.Sub.Dropdown>
                {alike.map(({ label, term }) => (
                  <Menu.Item key={label} className="truncated" onClick={() => onWithout({ ...term, isExcluded: true })}>
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Sub.Dropdown>
            </Menu.Sub>
            <Menu.Divider />
            {openId !== undefined && openId !== request.id && (
              <Menu.Item leftSection={<Diff {...icon} />} onClick={() => props.onCompare(request.id)}>
                Compare with request {openId}
              </Menu.Item>
            )}
            {isRead(request) && (
              <Menu.Item leftSection={<FlaskConical {...icon} />} onClick={() => props.onReplay(request.id)}>
                Replay as a dry run
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={request.isPinned ? <PinOff {...icon} /> : <Pin {...icon} />}
              onClick={() => actions.togglePin(request)}
            >
              {request.isPinned ? 'Unpin' : 'Pin'}
            </Menu.Item>
            <Menu.Divider />
            {isRead(request) && (
              <Menu.Item leftSection={<Terminal {...icon} />} onClick={() => actions.copyCurl(request)}>
                Copy as cURL
              </Menu.Item>
            )}
            <Menu.Item leftSection={<Copy {...icon} />} onClick={() => actions.copySummary(request)}>
              Copy summary
            </Menu.Item>
            {!isDesktop && (
              <Menu.Item leftSection={<Link2 {...icon} />} onClick={() => actions.copyLink(request)}>
                Copy address
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** From when on, and until when. */
function times({ at }: Request): readonly Likeness[] {
  const value = new Date(at).toISOString()
  return [
    { label: 'From this moment on', term: { field: 'since', value } },
    { label: 'Up to this moment', term: { field: 'until', value } },
  ]
}
