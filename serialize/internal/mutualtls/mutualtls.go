// Package mutualtls makes certificates for tests and examples: an authority, a
// server on the loopback interface and a client, valid for a day.
package mutualtls

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Set is an authority with two certificates that it has signed. As the IDMEFv2
// HTTPS transport asks, names are in the subject alternative names only.
type Set struct {
	authority      *x509.Certificate
	pool           *x509.CertPool
	Server, Client tls.Certificate
}

// New makes a Set.
func New() (*Set, error) {
	now := time.Now()
	template := func(n int64) *x509.Certificate {
		return &x509.Certificate{SerialNumber: big.NewInt(n), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour)}
	}
	root := template(1)
	root.Subject = pkix.Name{Organization: []string{"secmodel test authority"}}
	root.IsCA, root.BasicConstraintsValid, root.KeyUsage = true, true, x509.KeyUsageCertSign
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, root, root, &rootKey.PublicKey, rootKey)
	if err != nil {
		return nil, err
	}
	s := &Set{pool: x509.NewCertPool()}
	if s.authority, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	s.pool.AddCert(s.authority)
	sign := func(c *x509.Certificate, use x509.ExtKeyUsage) (tls.Certificate, error) {
		c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{use}
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return tls.Certificate{}, err
		}
		der, err := x509.CreateCertificate(rand.Reader, c, s.authority, &key.PublicKey, rootKey)
		return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
	}
	server := template(2)
	server.DNSNames, server.IPAddresses = []string{"localhost"}, []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	if s.Server, err = sign(server, x509.ExtKeyUsageServerAuth); err != nil {
		return nil, err
	}
	client := template(3)
	client.DNSNames = []string{"analyzer.example.org"}
	s.Client, err = sign(client, x509.ExtKeyUsageClientAuth)
	return s, err
}

// ServerConfig is for a server that demands a certificate of the authority.
func (s *Set) ServerConfig() *tls.Config {
	return &tls.Config{
		Certificates: []tls.Certificate{s.Server}, ClientCAs: s.pool, ClientAuth: tls.RequireAndVerifyClientCert,
		MinVersion: tls.VersionTLS13, NextProtos: []string{"h2", "http/1.1"},
	}
}

// ClientConfig is for a client that trusts the authority only.
func (s *Set) ClientConfig() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{s.Client}, RootCAs: s.pool, MinVersion: tls.VersionTLS13}
}

// Write writes what a client needs to dir, in PEM: ca.pem, client.pem and
// client.key.
func (s *Set) Write(dir string) error {
	key, err := x509.MarshalPKCS8PrivateKey(s.Client.PrivateKey)
	if err != nil {
		return err
	}
	for name, block := range map[string]*pem.Block{
		"ca.pem":     {Type: "CERTIFICATE", Bytes: s.authority.Raw},
		"client.pem": {Type: "CERTIFICATE", Bytes: s.Client.Certificate[0]},
		"client.key": {Type: "PRIVATE KEY", Bytes: key},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return err
		}
	}
	return nil
}
