/** What a member does, by command; see docs/mysql-clusters.md. */
export const MYSQL_LIFE_CYCLE = String.raw`
DATA=$VOLUME_PATH/data
say() { echo "slipway-mysql: $*" >&2; }
fail() { say "$*"; exit 1; }
sql() { mysql --batch --skip-column-names "$@"; }
address() { getent ahostsv4 "$1" | head -1 | cut -d' ' -f1 || true; }
own=$(hostname -I | cut -d' ' -f1)
is_primary() { test "$(address $PRIMARY_HOST)" = "$own"; }
follows() { test -n "$(sql --execute 'SHOW REPLICA STATUS')"; }
password() {
  local value
  value=$(aws secretsmanager get-secret-value --secret-id $REPLICATION_SECRET --query SecretString --output text) ||
    fail "no value yet for $REPLICATION_SECRET: fill it by slipway secrets"
  case $value in *[\'\"\\]*) fail "the value of $REPLICATION_SECRET has a quote or a backslash";; esac
  echo "$value"
}

mount_volume() {
  mountpoint -q $VOLUME_PATH && return
  local device status=0
  device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_$(echo $VOLUME | tr -d -)
  for attempt in $(seq 60); do test -e $device && break; sleep 5; done
  test -e $device || fail "the volume $VOLUME is not attached yet"
  blkid -p $device || status=$?
  # It ends in 2 also when it could not look: only a volume that begins with nothing but zeros is new.
  if test $status = 2; then
    test -z "$(head --bytes=1M $device | tr -d '\0')" || fail "$VOLUME holds something that is no file system"
    mkfs.xfs $device
  else test $status = 0; fi
  mkdir -p $VOLUME_PATH
  grep -q " $VOLUME_PATH " /etc/fstab || echo "$device $VOLUME_PATH xfs defaults,noatime,nofail 0 2" >> /etc/fstab
  mount $VOLUME_PATH
}

install_mysql() {
  local folder=/var/tmp/slipway-mysql
  rm -rf $folder && mkdir $folder
  aws s3 cp --quiet $PACKAGE $folder/bundle.tar || fail "$PACKAGE is not there yet"
  echo "$PACKAGE_SHA256  $folder/bundle.tar" | sha256sum --check --quiet || fail "$PACKAGE is not what it should be"
  tar --extract --file $folder/bundle.tar --directory $folder
  (cd $folder && dnf install --quiet --assumeyes mysql-community-client-plugins-[0-9]* mysql-community-common-[0-9]* \
    mysql-community-icu-data-files-[0-9]* mysql-community-libs-[0-9]* mysql-community-client-[0-9]* \
    mysql-community-server-[0-9]*)
  rm -rf $folder
}

configure() {
  (
    echo "[mysqld]"
    echo "datadir=$DATA"
    echo "socket=/var/lib/mysql/mysql.sock"
    echo "log_error=/var/log/mysqld.log"
    echo "slow_query_log_file=$VOLUME_PATH/slow.log"
    echo "pid_file=/run/mysqld/mysqld.pid"
    echo "plugin-load-add=auth_socket.so;mysql_clone.so"
    echo "server_id=$NUMBER"
    echo "report_host=$(echo $MEMBER_HOSTS | cut -d' ' -f$NUMBER)"
    # Whoever writes is told so when it runs.
    echo "super_read_only=ON"
    variables
  ) > /etc/my.cnf.new
  if ! cmp --silent /etc/my.cnf.new /etc/my.cnf; then
    mv /etc/my.cnf.new /etc/my.cnf
    systemctl is-active --quiet mysqld && say "variables have changed: restart this member when it suits"
  fi
  mkdir -p /etc/systemd/system/mysqld.service.d
  printf '[Unit]\nRequiresMountsFor=%s\n' $VOLUME_PATH > /etc/systemd/system/mysqld.service.d/volume.conf
}

# Also when nobody answers.
has_backups() {
  test "$(aws s3api list-objects-v2 --bucket $BACKUPS --prefix dumps/ --max-keys 1 --query KeyCount --output text)" != 0
}

initialise() {
  if test ! -d $DATA/mysql; then
    if is_primary && has_backups && test "$*" != --empty; then
      fail "DNS says that an empty member is the primary, but there are backups: restore one, or initialise --empty"
    fi
    install --directory --owner=mysql --group=mysql --mode=0750 $DATA
    mysqld --initialize-insecure --user=mysql --super-read-only=OFF
  fi
  chown mysql:mysql $VOLUME_PATH
  systemctl daemon-reload
  systemctl enable --quiet --now mysqld
  # Only root of this machine is root of MySQL, and without any password.
  if test "$(sql --execute "SELECT plugin FROM mysql.user WHERE user = 'root' AND host = 'localhost'")" != auth_socket; then
    sql <<'END'
SET GLOBAL super_read_only = OFF;
SET SESSION sql_log_bin = OFF;
ALTER USER root@localhost IDENTIFIED WITH auth_socket;
SET GLOBAL super_read_only = ON;
END
  fi
}

open_writes() {
  follows && fail "DNS names this member, which still follows another one: slipway-mysql promote"
  test "$(sql --execute 'SELECT @@GLOBAL.super_read_only')" = 0 || say "writes are open here from now on"
  sql --execute 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF'
  test -n "$(sql --execute "SELECT 1 FROM mysql.user WHERE user = 'replication'")" && return
  local secret
  secret=$(password)
  sql <<END
CREATE DATABASE IF NOT EXISTS $DATABASE;
CREATE USER replication@'%' IDENTIFIED BY '$secret' REQUIRE SSL;
GRANT REPLICATION SLAVE, REPLICATION CLIENT, BACKUP_ADMIN ON *.* TO replication@'%';
END
}

fence() { sql --execute 'SET GLOBAL super_read_only = ON'; }

at_primary() {
  MYSQL_PWD=$1 mysql --batch --skip-column-names --host=$PRIMARY_HOST --user=replication --ssl-mode=REQUIRED \
    --connect-timeout=5 --execute "$2"
}

follow() {
  is_primary && fail "this member is the primary"
  local secret theirs
  secret=$(password)
  theirs=$(at_primary "$secret" 'SELECT @@GLOBAL.gtid_executed' | tr -d '\\n') || fail "the primary does not answer"
  test -z "$(sql --execute "SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '$theirs')")" ||
    fail "this member has what the primary never had: save that, then slipway-mysql join"
  sql <<END
STOP REPLICA;
CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$PRIMARY_HOST', SOURCE_PORT = 3306, SOURCE_USER = 'replication',
  SOURCE_PASSWORD = '$secret', SOURCE_SSL = 1, SOURCE_AUTO_POSITION = 1, SOURCE_CONNECT_RETRY = 10,
  SOURCE_RETRY_COUNT = 86400;
START REPLICA;
END
}

# Takes everything over from the primary, in place of what is here.
join() {
  is_primary && fail "this member is the primary"
  local secret
  secret=$(password)
  (
    echo "SET GLOBAL clone_valid_donor_list = '$PRIMARY_HOST:3306';"
    echo "SET GLOBAL super_read_only = OFF;"
    echo "CLONE INSTANCE FROM 'replication'@'$PRIMARY_HOST':3306 IDENTIFIED BY '$secret' REQUIRE SSL;"
  ) | sql || say "the connection ends with the copy, when mysqld starts again"
  for attempt in $(seq 60); do sleep 5; sql --execute 'SELECT 1' > /dev/null 2>&1 && break; done
  test "$(sql --execute "SELECT state FROM performance_schema.clone_status")" = Completed || fail "the copy is not complete"
  follow
}

role() {
  if is_primary; then open_writes; return; fi
  test -n "$(address $PRIMARY_HOST)" || fail "DNS does not answer: nothing is changed"
  fence
  follows && return
  test -n "$(sql --execute 'SELECT @@GLOBAL.gtid_executed')" && fail "neither primary nor replica: follow, or join"
  join
}

promote() {
  local secret state
  secret=$(password)
  # It ends well as soon as somebody answers, whatever the answer.
  if mysqladmin --host=$PRIMARY_HOST --connect-timeout=5 ping > /dev/null 2>&1; then
    state=$(at_primary "$secret" 'SELECT @@GLOBAL.super_read_only')
    test "$state" = 1 || fail "the primary still takes writes: slipway-mysql fence there first"
  fi
  local applied="SELECT WAIT_FOR_EXECUTED_GTID_SET(received_transaction_set, 600)
    FROM performance_schema.replication_connection_status"
  test "$(sql --execute "$applied")" = 0 || fail "not all that came from the primary is applied here"
  sql --execute 'STOP REPLICA; RESET REPLICA ALL'
  say "done: write primary: $NUMBER in the account's file and apply; writes open here when DNS says so"
}

metric() {
  aws cloudwatch put-metric-data --namespace $NAMESPACE --metric-name $1 --value $2 --dimensions "$3"
}

tick() {
  local member="Cluster=$CLUSTER,Member=$NUMBER" lag=0 writable=0
  metric DiskUsed "$(df --output=pcent $VOLUME_PATH | tail -1 | tr -dc 0-9)" "$member"
  # A process of its own, which ends at its first error.
  $0 role || say "not as it should be"
  test "$(sql --execute 'SELECT @@GLOBAL.super_read_only')" = 1 || writable=1
  if ! is_primary; then
    lag=$(mysql --execute 'SHOW REPLICA STATUS\G' | sed -n 's/^ *Seconds_Behind_Source: //p')
    case $lag in ''|NULL) lag=86400;; esac
  fi
  metric ReplicationLag $lag "$member"
  metric Writable $writable "$member"
}

# Dumps are the work of the first member that does not write, or of the only one.
backup() {
  local host turn=$NUMBER number=0 target
  for host in $MEMBER_HOSTS; do
    number=$((number + 1))
    if test "$(address $host)" != "$(address $PRIMARY_HOST)"; then turn=$number; break; fi
  done
  test $turn = $NUMBER || return 0
  target=s3://$BACKUPS/dumps/$CLUSTER-$(date --utc +%Y-%m-%dT%H%M%SZ).sql.gz
  # By the size S3's parts are measured: of the usual ones a dump of more than 80 GB has too many.
  mysqldump --single-transaction --quick --all-databases --routines --events --triggers | gzip |
    aws s3 cp --quiet --expected-size $(du --summarize --bytes $DATA | cut -f1) - $target
  # Without it a dump is half of one.
  echo "$target" | aws s3 cp --quiet - $target.complete
  metric Backups 1 "Cluster=$CLUSTER"
}

timers() {
  rpm -q --quiet amazon-cloudwatch-agent || dnf install --quiet --assumeyes amazon-cloudwatch-agent
  touch $VOLUME_PATH/slow.log && chown mysql:mysql $VOLUME_PATH/slow.log
  local logs=/etc/slipway-mysql-logs.json
  (
    echo '{ "logs": { "logs_collected": { "files": { "collect_list": ['
    echo "  { \"file_path\": \"/var/log/mysqld.log\", \"log_group_name\": \"$LOG_GROUP\", \"log_stream_name\": \"$NUMBER/error\" },"
    echo "  { \"file_path\": \"$VOLUME_PATH/slow.log\", \"log_group_name\": \"$LOG_GROUP\", \"log_stream_name\": \"$NUMBER/slow\" }"
    echo '] } } } }'
  ) > $logs
  /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:$logs > /dev/null
  unit tick "OnBootSec=1min" "OnUnitActiveSec=1min"
  unit backup "OnCalendar=*-*-* 01:30:00" "Persistent=true"
  systemctl daemon-reload
  systemctl enable --quiet --now slipway-mysql-tick.timer slipway-mysql-backup.timer
}

unit() {
  printf '[Unit]\nAfter=mysqld.service\n[Service]\nType=oneshot\nExecStart=/usr/local/sbin/slipway-mysql %s\n' $1 \
    > /etc/systemd/system/slipway-mysql-$1.service
  printf '[Timer]\n%s\n%s\n[Install]\nWantedBy=timers.target\n' "$2" "$3" > /etc/systemd/system/slipway-mysql-$1.timer
}

keep() {
  mount_volume
  rpm -q --quiet mysql-community-server || install_mysql
  configure
  initialise "$@"
  role
  timers
}

command=$1
shift
exec 9> /run/slipway-mysql.lock
case $command in
  keep|initialise) flock 9; keep "$@";;
  tick|follow|join|fence|promote) flock 9; $command;;
  role|backup) $command;;
  upgrade) flock 9; is_primary && fail "replicas first; then promote one, and upgrade this one"; install_mysql; systemctl restart mysqld;;
  *) fail "keep, fence, promote, follow, join, backup, upgrade or initialise --empty";;
esac
`;
